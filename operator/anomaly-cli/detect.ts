import { initSeries, policyOf, step, type PolicyInput, type Sample } from '../../decision/anomaly';
import { isHeader, parseRecord, RecordError } from './record';

/**
 * Judges records as they come: what goes in is text in any pieces, what comes out is one score in [0, 1] a line
 * for every record that is complete by then. Empty lines, and the names of columns in the first one, are no records.
 *
 * @param warn is told of what was passed over
 * @throws RecordError at a line that cannot be read, after the scores of all records before it
 */
export async function* detect(
  input: AsyncIterable<string | Uint8Array>,
  settings: PolicyInput = {},
  warn: (text: string) => void = () => {},
): AsyncGenerator<string> {
  const policy = policyOf(settings);
  let state = initSeries(policy);
  let number = 0;
  for await (const lines of linesOf(input)) {
    let text = '';
    for (const line of lines) {
      number++;
      if (line.trim() === '') continue;
      if (number === 1 && isHeader(line)) {
        warn(`Line 1, "${line.trim().slice(0, 80)}", names columns; it is no record and gets no score.`);
        continue;
      }
      let sample: Sample;
      try {
        sample = parseRecord(line, number);
      } catch (error) {
        if (text) yield text;
        throw error;
      }
      const next = step(state, sample, policy);
      state = next.state;
      text += `${next.judgement.score.toFixed(9)}\n`;
    }
    if (text) yield text;
  }
}

/** The lines that each piece completes; the last one need not end. */
async function* linesOf(input: AsyncIterable<string | Uint8Array>): AsyncGenerator<readonly string[]> {
  const decoder = new TextDecoder();
  let rest = '';
  for await (const piece of input) {
    const text = typeof piece === 'string' ? piece : decoder.decode(piece, { stream: true });
    const lines = (rest + text).split('\n');
    rest = lines.pop() ?? '';
    yield lines;
  }
  yield [rest];
}

async function main(): Promise<void> {
  const warn = (text: string) => void process.stderr.write(`${text}\n`);
  try {
    for await (const text of detect(process.stdin as AsyncIterable<Uint8Array>, {}, warn)) {
      if (!process.stdout.write(text)) await new Promise((done) => process.stdout.once('drain', done));
    }
  } catch (error) {
    if (!(error instanceof RecordError)) throw error;
    warn(error.message);
    process.exitCode = 1;
  }
}

if (require.main === module) void main();
