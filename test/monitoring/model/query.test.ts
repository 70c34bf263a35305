import { parseQuery, QueryError, seriesIn } from '../../../monitoring/model/query';

const up = { kind: 'selector', metric: 'up', matchers: [] };

describe('reading PromQL', () => {
  test('a selector keeps its name and its matchers, quotes and escapes taken off', () => {
    expect(parseQuery('http{path!~"/a\\\\d", status="5\\"0"}')).toEqual({
      kind: 'selector',
      metric: 'http',
      matchers: [
        { label: 'path', op: '!~', value: '/a\\d' },
        { label: 'status', op: '=', value: '5"0' },
      ],
    });
  });

  test('a name given as a matcher is a name', () => {
    expect(parseQuery('{__name__="up"}')).toEqual(up);
    expect(parseQuery('{__name__=~"u.*"}')).toEqual({ kind: 'selector', matchers: [] });
  });

  test('ranges and subqueries know their length', () => {
    expect(parseQuery('up[5m]')).toEqual({ kind: 'range', of: up, milliseconds: 300_000, subquery: false });
    expect(parseQuery('up[1h30m:1m]')).toEqual({
      kind: 'range',
      of: up,
      milliseconds: 5_400_000,
      subquery: true,
    });
  });

  test.each([
    ['up[5m] offset 1h30m', 5_400_000],
    ['up[5m] offset -8m', -480_000],
  ])('"%s" knows when it ends', (text, offset) => {
    expect(parseQuery(text)).toEqual({
      kind: 'range',
      of: up,
      milliseconds: 300_000,
      subquery: false,
      offset,
    });
  });

  test.each(['sum by (job) (up)', 'sum(up) by (job)'])('"%s" groups by job', (text) => {
    expect(parseQuery(text)).toEqual({
      kind: 'aggregation',
      operator: 'sum',
      grouping: { mode: 'by', labels: ['job'] },
      of: up,
    });
  });

  test('an aggregation without grouping groups by nothing, and keeps its parameter apart', () => {
    expect(parseQuery('topk(5, up)')).toEqual({
      kind: 'aggregation',
      operator: 'topk',
      grouping: { mode: 'by', labels: [] },
      parameter: { kind: 'constant', value: 5 },
      of: up,
    });
  });

  test('an operation knows how its sides are matched', () => {
    expect(parseQuery('up / on (job, instance) group_left (version) up')).toEqual({
      kind: 'operation',
      operator: '/',
      bool: false,
      matching: { mode: 'on', labels: ['job', 'instance'] },
      group: { side: 'left', labels: ['version'] },
      left: up,
      right: up,
    });
    expect(parseQuery('up > bool 0')).toMatchObject({ operator: '>', bool: true, right: { value: 0 } });
  });

  test('brackets bind as in arithmetic and leave no trace', () => {
    expect(parseQuery('(up + up) * up')).toMatchObject({ operator: '*', left: { operator: '+' }, right: up });
    expect(parseQuery('up == 0 and up > 1 or up')).toMatchObject({
      operator: 'or',
      left: { operator: 'and', left: { operator: '==' }, right: { operator: '>' } },
    });
  });

  test('an offset does not hide what is shifted, and a minus is a subtraction from zero', () => {
    expect(parseQuery('rate(up[5m] offset 1d)')).toMatchObject({ args: [{ kind: 'range', of: up }] });
    expect(parseQuery('-up')).toMatchObject({ operator: '-', left: { value: 0 }, right: up });
  });

  test('every series is listed once', () => {
    expect(seriesIn(parseQuery('a / (b + a) and absent(c[5m])'))).toEqual(['a', 'b', 'c']);
  });

  test.each(['', 'up +', 'sum by (job (up)', 'up{job=}'])('"%s" is refused', (text) => {
    expect(() => parseQuery(text)).toThrow(QueryError);
  });
});
