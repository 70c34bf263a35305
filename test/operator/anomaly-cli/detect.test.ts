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

/** In [0, 1), without a period. */
const noise = (index: number) => Math.abs((Math.sin(index * 12.9898) * 43758.5453) % 1);

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
    ['huge', (index: number) => (index % 7 ? 1 : -1) * 1e300 * noise(index)],
    ['as large as numbers get', (index: number) => (index % 50 ? 1 : -1) * 1.7e308],
    ['tiny', (index: number) => 5e-324 * Math.floor(3 * noise(index))],
    ['differing in the last digit', (index: number) => 1 + Number.EPSILON * Math.floor(3 * noise(index))],
    ['of any size', (index: number) => 10 ** (600 * noise(index) - 300)],
    ['all one', () => 45],
    ['all zero', () => -0],
    ['one that leaves zero', (index: number) => (index < 200 ? 0 : 1e308)],
  ])('gives scores in [0, 1] to values that are %s', async (_, valueAt) => {
    const text = Array.from(
      { length: 400 },
      (_, index) => `${1_396_310_700 + 300 * index},${valueAt(index)}`,
    );
    const scores = (await all(text.join('\n'))).trim().split('\n').map(Number);
    expect(scores).toHaveLength(400);
    expect(scores.filter((score) => !(score >= 0 && score <= 1))).toEqual([]);
  });

  it('goes on calmly after values at the end of what numbers can say', async () => {
    const text = Array.from(
      { length: 400 },
      (_, index) => `${1_396_310_700 + 300 * index},${1e300 * noise(index)}`,
    );
    const scores = (await all(text.join('\n'))).trim().split('\n').map(Number);
    expect(scores.filter((score) => score > 0.5).length).toBeLessThan(5);
  });

  it('takes records in any order and as often as they come', async () => {
    const shuffled = lines.map((_, index) => lines[(index * 7) % lines.length]!);
    const twice = lines.flatMap((line) => [line, line]);
    for (const text of [shuffled, twice]) {
      const scores = (await all(text.join('\r\n'))).trim().split('\n').map(Number);
      expect(scores).toHaveLength(text.length);
      expect(scores.every((score) => score >= 0 && score <= 1)).toBe(true);
    }
  });

  it.each([1, 2, 10])('scores a series of %d records', async (count) => {
    expect((await all(lines.slice(0, count).join('\n'))).trim().split('\n')).toEqual(
      Array<string>(count).fill('0.000000000'),
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
  ['1396310700500,7', 1396310700500, 7],
  ['2014-04-01T00:05:00Z, 2.5E-3 ', Date.UTC(2014, 3, 1, 0, 5), 0.0025],
  ['2014-04-01 00:05:00+0200,-7', Date.UTC(2014, 2, 31, 22, 5), -7],
])('reads %s', (line, time, value) => {
  expect(parseRecord(line, 1)).toEqual({ time, value });
});
