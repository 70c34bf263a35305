import { knownMetrics } from '../../../monitoring/lint/known-metrics';
import { production } from '../../../monitoring/environments/production';
import { catalogue, type Catalogue } from '../../../monitoring/catalogue';
import { alert, recording, said } from './planted';

const board = (panels: unknown) => ({ uid: 'b', dashboard: { panels } }) as Catalogue['boards'][number];

test('a misspelt metric is named with its rule', () => {
  expect(said(knownMetrics, { alerts: [alert({ expr: 'redis_upp == 0' })], boards: [] })).toEqual([
    'alert RedisDown: nothing that is scraped exposes redis_upp; mend the name, list the metric in monitoring/metrics, or scrape the job that has it',
  ]);
});

test('a histogram is only known by the three names under which it is stored', () => {
  const reads = (expr: string) => said(knownMetrics, { alerts: [alert({ expr })], boards: [] });
  expect(reads('chatroom_http_request_duration_seconds_bucket')).toEqual([]);
  expect(reads('chatroom_http_request_duration_seconds')).toHaveLength(1);
});

test('a recording is known once it is defined', () => {
  const alerts = [alert({ expr: 'job:up:sum == 0' })];
  expect(said(knownMetrics, { alerts, recordings: [recording({})], boards: [] })).toEqual([]);
  expect(said(knownMetrics, { alerts, recordings: [], boards: [] })).toHaveLength(1);
});

test('panels in rows, variables and annotations are looked at as well', () => {
  const boards = [
    board([
      { title: 'Row', panels: [{ title: 'Inner', targets: [{ expr: 'rate(nope[$__rate_interval])' }] }] },
    ]),
    board({
      templating: { list: [{ name: 'instance', query: 'label_values(nope2{job="$job"}, instance)' }] },
    }),
    board({ annotations: { list: [{ name: 'Deploys', expr: 'nope3' }] } }),
  ];
  expect(said(knownMetrics, { boards }).map((line) => line.slice(0, 60))).toEqual([
    expect.stringContaining('"Inner" of b: nothing that is scraped exposes nope;'),
    expect.stringContaining('"instance" of b: nothing that is scraped exposes nope2'),
    expect.stringContaining('"Deploys" of b: nothing that is scraped exposes nope3'),
  ]);
});

test('a metric of a job that is not scraped is not known', () => {
  const { jobs } = catalogue({ ...production, targets: { ...production.targets, 'redis-exporter': false } });
  expect(said(knownMetrics, { jobs, alerts: [alert({})], boards: [] })).toHaveLength(1);
});

test('a selector without a name is refused', () => {
  expect(said(knownMetrics, { alerts: [alert({ expr: '{job="redis"}' })], boards: [] })).toEqual([
    expect.stringContaining('a selector without a name'),
  ]);
});
