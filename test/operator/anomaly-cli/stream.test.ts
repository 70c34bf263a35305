import { spawn } from 'node:child_process';
import { createInterface } from 'node:readline';
import { resolve } from 'node:path';

const script = resolve(__dirname, '../../../operator/anomaly-cli/detect.ts');

/** The command as `npm run -s detect` starts it. */
function started() {
  return spawn(process.execPath, ['--require', '@swc-node/register', script], {
    stdio: ['pipe', 'pipe', 'pipe'],
    cwd: resolve(__dirname, '../../..'),
  });
}

async function answersTo(input: string) {
  const child = started();
  let output = '';
  let errors = '';
  child.stdout.on('data', (piece: Buffer) => (output += piece.toString()));
  child.stderr.on('data', (piece: Buffer) => (errors += piece.toString()));
  child.stdin.end(input);
  const code = await new Promise<number | null>((done) => child.once('close', done));
  return { code, errors, lines: output.split('\n').slice(0, -1) };
}

const record = (index: number) => `${1_396_310_700 + 60 * index},${(Math.sin(index / 9) * 5).toFixed(3)}\n`;

describe('the detect command', () => {
  it('answers each line while the next one has not been sent', async () => {
    const child = started();
    try {
      const answers = createInterface({ input: child.stdout })[Symbol.asyncIterator]();
      for (let index = 0; index < 25; index++) {
        child.stdin.write(record(index));
        const { value } = (await answers.next()) as { value: string };
        expect(Number(value)).toBeGreaterThanOrEqual(0);
        expect(Number(value)).toBeLessThanOrEqual(1);
      }
    } finally {
      child.kill();
    }
  }, 60_000);

  it('passes over the names of columns, and says so', async () => {
    const { code, lines, errors } = await answersTo(`timestamp,value\n${record(0)}${record(1)}`);
    expect({ code, lines }).toEqual({ code: 0, lines: ['0.000000000', '0.000000000'] });
    expect(errors).toContain('Line 1, "timestamp,value", names columns');
  }, 60_000);

  it('fails at a line that it cannot read, and has scored all before it', async () => {
    const { code, lines, errors } = await answersTo(`${record(0)}${record(1)}what,is,this\n${record(2)}`);
    expect(code).toBe(1);
    expect(lines).toHaveLength(2);
    expect(errors).toContain('Line 3, "what,is,this"');
  }, 60_000);

  it('has nothing to say of nothing', async () => {
    expect(await answersTo('')).toEqual({ code: 0, lines: [], errors: '' });
  }, 60_000);

  it('scores a long series line by line', async () => {
    const { code, lines } = await answersTo(Array.from({ length: 50_000 }, (_, at) => record(at)).join(''));
    expect({ code, scores: lines.length }).toEqual({ code: 0, scores: 50_000 });
  }, 120_000);
});
