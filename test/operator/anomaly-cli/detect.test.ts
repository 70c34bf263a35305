import { detect } from '../../../operator/anomaly-cli/detect';
import { parseRecord } from '../../../operator/anomaly-cli/record';

async function* pieces(...texts: string[]) {
  yield* texts;
}

async function all(...texts: string[]): Promise<string> {
  let output = '';
  for await (const text of detect(pieces(...texts))) output += text;
  return output;
}

const lines = Array.from({ length: 300 }, (_, index) => {
  const time = new Date(Date.UTC(2014, 3, 1) + index * 300_000).toISOString();
  return `${time.slice(0, 19).replace('T', ' ')},${index === 250 ? 900 : 20 + Math.sin(index * 12.9898)}`;
});

describe('detect', () => {
  it('prints one score in [0, 1] a record, in order', async () => {
    const scores = (await all(`${lines.join('\n')}\n`)).trim().split('\n').map(Number);
    expect(scores).toHaveLength(300);
    expect(scores.every((score) => score >= 0 && score <= 1)).toBe(true);
    expect(scores.indexOf(Math.max(...scores))).toBe(250);
  });

  it('answers a record before it has seen the next', async () => {
    const answers = detect(
      (async function* () {
        yield '2014-04-01 00:00:00,1\n';
        throw new Error('the next record was asked for too early');
      })(),
    );
    await expect(answers.next()).resolves.toEqual({ done: false, value: '0.000000000\n' });
    await expect(answers.next()).rejects.toThrow('too early');
  });

  it('does not care how its input is cut, or whether the last line ends', async () => {
    const text = lines.join('\n');
    expect(await all(text.slice(0, 1000), text.slice(1000, 1007), text.slice(1007))).toBe(
      await all(`${text}\n`),
    );
  });

  it('gives a score to a record without a value, too', async () => {
    expect(await all('2014-04-01 00:00:00,NaN\r\n2014-04-01 00:05:00,\n1396310700,-inf\n')).toBe(
      '0.000000000\n'.repeat(3),
    );
  });

  it.each([
    ['nonsense', 'there is no comma'],
    ['yesterday,3', 'timestamp'],
    ['2014-04-01 00:00:00,three', 'not a number'],
  ])('refuses %j with its line and what a record looks like', async (line, problem) => {
    await expect(all(`2014-04-01 00:00:00,1\n${line}\n`)).rejects.toThrow(
      new RegExp(`^Line 2, "${line}": .*${problem}.*2014-04-01 00:05:00,20.5`),
    );
  });
});

it.each([
  ['2014-04-01 00:05:00,20.5', Date.UTC(2014, 3, 1, 0, 5), 20.5],
  ['2014-04-01 00:05:00.250000,-1e3', Date.UTC(2014, 3, 1, 0, 5, 0, 250), -1000],
  ['2014-04-01T02:05:00+02:00,0', Date.UTC(2014, 3, 1, 0, 5), 0],
  ['1396310700.5,7', 1396310700500, 7],
])('reads %s', (line, time, value) => {
  expect(parseRecord(line, 1)).toEqual({ time, value });
});
