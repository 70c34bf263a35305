import { rootCauses, type Dependency, type FiringAlert } from '../../../monitoring/model/dependency';

const map: readonly Dependency[] = [
  { causes: ['DiskDied'], consequences: ['DatabaseDown'], share: ['host'] },
  { causes: ['DatabaseDown'], consequences: ['ErrorsHigh', 'HistorySlow'], share: ['cluster'] },
  { causes: ['HostDown'], consequences: ['ServerDown'], share: ['cluster', 'node'], present: ['node'] },
];

const firing = (name: string, labels: Record<string, string> = {}, since = 0): FiringAlert => ({
  name,
  labels: { cluster: 'one', ...labels },
  since,
});

/** Root causes by name, with the names of what they explain. */
const ranked = (...alerts: readonly FiringAlert[]) =>
  rootCauses(map, alerts).map(({ alert, explains }) => [alert.name, explains.map(({ name }) => name).sort()]);

describe('the root causes of what fires', () => {
  test('are all of it where nothing explains anything', () => {
    expect(ranked(firing('ErrorsHigh'), firing('Unrelated'))).toEqual([
      ['ErrorsHigh', []],
      ['Unrelated', []],
    ]);
  });

  test('explain what follows through others, and swallow those', () => {
    expect(
      ranked(
        firing('ErrorsHigh', {}, 3),
        firing('DatabaseDown', { host: 'a' }, 2),
        firing('DiskDied', { host: 'a' }, 1),
        firing('HistorySlow', {}, 4),
      ),
    ).toEqual([['DiskDied', ['DatabaseDown', 'ErrorsHigh', 'HistorySlow']]]);
  });

  test('put the one that explains most first, then the eldest', () => {
    const order = ranked(
      firing('Young', {}, 9),
      firing('Old', {}, 1),
      firing('DatabaseDown', {}, 5),
      firing('ErrorsHigh', {}, 6),
    ).map(([name]) => name);
    expect(order).toEqual(['DatabaseDown', 'Old', 'Young']);
  });

  test('do not reach into another installation', () => {
    expect(ranked(firing('DatabaseDown'), firing('ErrorsHigh', { cluster: 'two' }))).toHaveLength(2);
  });

  test('do not take two labels that are both missing for equal where the label must be there', () => {
    expect(ranked(firing('HostDown'), firing('ServerDown'))).toHaveLength(2);
    expect(ranked(firing('HostDown', { node: 'n1' }), firing('ServerDown', { node: 'n1' }))).toEqual([
      ['HostDown', ['ServerDown']],
    ]);
    expect(ranked(firing('HostDown', { node: 'n1' }), firing('ServerDown', { node: 'n2' }))).toHaveLength(2);
  });

  test('are none where nothing fires', () => {
    expect(ranked()).toEqual([]);
  });
});
