import { initSeries, policyOf, step, type PolicyInput } from '../../decision/anomaly';
import { parseRecord, RecordError } from './record';

/**
 * Judges records as they come: what goes in is text in any pieces, what comes out is one score in [0, 1] a line
 * for every record that is complete by then.
 */
export async function* detect(
  input: AsyncIterable<string | Uint8Array>,
  settings: PolicyInput = {},
): AsyncGenerator<string> {
  const policy = policyOf(settings);
  const decoder = new TextDecoder();
  let state = initSeries(policy);
  let rest = '';
  let number = 0;
  const scores = (lines: readonly string[]): string => {
    let text = '';
    for (const line of lines) {
      number++;
      if (line.trim() === '') continue;
      const next = step(state, parseRecord(line, number), policy);
      state = next.state;
      text += `${next.judgement.score.toFixed(9)}\n`;
    }
    return text;
  };
  for await (const piece of input) {
    const lines = (
      rest + (typeof piece === 'string' ? piece : decoder.decode(piece, { stream: true }))
    ).split('\n');
    rest = lines.pop() ?? '';
    const text = scores(lines);
    if (text) yield text;
  }
  const text = scores([rest]);
  if (text) yield text;
}

async function main(): Promise<void> {
  try {
    for await (const text of detect(process.stdin as AsyncIterable<Uint8Array>)) {
      if (!process.stdout.write(text)) await new Promise((done) => process.stdout.once('drain', done));
    }
  } catch (error) {
    if (!(error instanceof RecordError)) throw error;
    process.stderr.write(`${error.message}\n`);
    process.exitCode = 1;
  }
}

if (require.main === module) void main();
