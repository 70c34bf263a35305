import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { stringify } from 'yaml';
import { catalogue } from '../../../monitoring/catalogue';
import { production } from '../../../monitoring/environments/production';
import { slo } from '../../../monitoring/model/slo';
import { recordingRules } from '../../../monitoring/render/rules';
import { promtool } from '../promtool';
import { counting, flat, given, gone, growing, onlyWhileUp, type Given } from '../rules/given';

const folder = mkdtempSync(join(tmpdir(), 'slo-recordings-'));
afterAll(() => rmSync(folder, { recursive: true }));

const all = recordingRules(catalogue(production)).groups.filter(({ name }) => name.startsWith('slo'));
const period = all.filter(({ name }) => name === 'slo-period');

/** What the recordings must be in a situation: an expression and its only value, at a time. */
async function expectRecorded(
  situation: readonly Given[],
  expected: readonly { readonly expr: string; readonly at: string; readonly value: number }[],
  groups = all,
): Promise<void> {
  writeFileSync(join(folder, 'rules.yml'), stringify({ groups }));
  const file = join(folder, 'test.yml');
  const tests = [
    {
      interval: '15s',
      input_series: situation,
      promql_expr_test: expected.map(({ expr, at, value }) => ({
        expr,
        eval_time: at,
        exp_samples: [{ labels: '{}', value }],
      })),
    },
  ];
  writeFileSync(file, stringify({ rule_files: ['rules.yml'], evaluation_interval: '15s', tests }));
  const { code, output } = await promtool('test', 'rules', file);
  expect({ code, output }).toEqual({ code: 0, output: expect.stringContaining('SUCCESS') as unknown });
}

const server = 'job="chatroom-server", instance="chat-1:8000"';
/** A server that is ready while it answers. */
const up = (...values: readonly string[]): readonly Given[] => [
  given(`up{${server}}`, ...values),
  given(`chatroom_ready{${server}}`, ...onlyWhileUp(...values)),
];
const ready = (...values: readonly string[]): readonly Given[] => [
  given(`up{${server}}`, flat(1)),
  given(`chatroom_ready{${server}}`, ...values),
];
const nginx = (number: number, ...values: readonly string[]) =>
  given(`nginx_up{job="nginx-exporter", instance="nginx-${number}:9113"}`, ...values);
const front = (status: string, ...values: readonly string[]) =>
  given(
    `nginx_frontend_responses_total{job="nginx-log-exporter", instance="nginx:9117", class="${status}"}`,
    ...values,
  );
const requests = (status: string, ...values: readonly string[]) =>
  given(
    `chatroom_http_requests_total{${server}, method="GET", path="/api/rooms", status="${status}"}`,
    ...values,
  );
const second = (...values: readonly string[]): readonly Given[] =>
  up(...values).map(({ series, values: same }) => ({
    series: series.replace('chat-1', 'chat-2'),
    values: same,
  }));
const everything = '{__name__=~"slo:.+"}';
const notFinite = `count(${everything}) - count(${everything} > -1e6 < 1e6)`;
const ratios = '{__name__=~"slo:sli_error:ratio_rate.+"}';
const outsideOfShares = `count(${ratios} < 0 or ${ratios} > 1) or vector(0)`;
const budgetLeft = 'slo:period_error_budget_remaining:ratio{slo="chatroom-availability"}';
const left = `max(${budgetLeft}) > bool 0.1`;
const knownShare = 'max(slo:period_known:ratio{slo="chatroom-availability"})';
const round = (share: number) => Math.round(share * 100) / 100;
const worst = 'max(max_over_time(slo:sli_error:ratio_rate5m{slo="chatroom-availability"}[30m]))';

describe('what is recorded about an SLO', () => {
  const situations: readonly (readonly [string, readonly Given[]])[] = [
    ['there is no traffic', [...up(flat(1)), requests('200', flat(0)), requests('500', flat(0))]],
    ['there are no series but up', [...up(flat(1))]],
    ['the server starts after Prometheus', [...up(flat(0, '1m'), flat(1)), requests('200', growing(1))]],
    ['the server dies', [...up(flat(1, '10m'), flat(0)), requests('200', '0+15x40', gone())]],
    [
      'counters fall back to zero',
      [...up(flat(1)), requests('200', counting([{ perSecond: 9, lasting: '3m', restarted: true }], 10))],
    ],
    ['no server is ready', [...ready(flat(1, '10m'), flat(0)), requests('200', growing(1))]],
    [
      'nginx goes, comes back and counts from zero',
      [
        ...up(flat(1)),
        nginx(1, flat(1, '5m'), flat(0, '5m'), flat(1)),
        front('2xx', counting([{ perSecond: 9, lasting: '3m', restarted: true }], 10)),
        front('5xx', counting([{ perSecond: 0, lasting: '3m', restarted: true }], 10)),
        requests('200', growing(9)),
      ],
    ],
    ['everything fails', [...up(flat(1)), requests('200', flat(0)), requests('500', growing(9))]],
  ];

  test.each(situations)(
    'is a share, and never NaN or Inf, when %s',
    async (_situation, series) => {
      const times = ['15s', '30s', '1m', '5m', '10m', '10m15s', '11m', '16m', '30m'];
      await expectRecorded(
        series,
        times.flatMap((at) => [
          { expr: notFinite, at, value: 0 },
          { expr: outsideOfShares, at, value: 0 },
        ]),
      );
    },
    60_000,
  );

  test('a restart of counters costs nothing', async () => {
    const restarts = counting([{ perSecond: 9, lasting: '3m', restarted: true }], 10);
    await expectRecorded(
      [...up(flat(1)), requests('200', restarts), requests('500', flat(0))],
      [{ expr: worst, at: '30m', value: 0 }],
    );
  }, 60_000);

  test('a restart of the counters at the front costs nothing either', async () => {
    const restarts = counting([{ perSecond: 9, lasting: '3m', restarted: true }], 10);
    const calm = counting([{ perSecond: 0, lasting: '3m', restarted: true }], 10);
    await expectRecorded(
      [...up(flat(1)), requests('200', growing(9)), front('2xx', restarts), front('5xx', calm)],
      [{ expr: worst, at: '30m', value: 0 }],
    );
  }, 60_000);

  test.each([
    ['every server is alive and none is ready', ready(flat(1, '10m'), flat(0))],
    ['a server says nothing about being ready any more', ready(flat(1, '10m'), gone())],
    [
      'every nginx is down and every server is ready',
      [...up(flat(1)), nginx(1, flat(0)), nginx(2, flat(1, '10m'), flat(0))],
    ],
  ])(
    'an outage without traffic is as bad when %s, in all that is promised',
    async (_outage, series) => {
      await expectRecorded(series, [
        { expr: worst, at: '9m', value: 0 },
        { expr: 'min(slo:sli_error:ratio_rate5m)', at: '10m30s', value: 1 },
        { expr: 'count(slo:sli_error:ratio_rate5m == 1)', at: '10m30s', value: 3 },
        { expr: left, at: '60m', value: 0 },
      ]);
    },
    60_000,
  );

  test.each([
    ['of two servers one is dead and one is ready', [...up(flat(0)), ...second(flat(1))]],
    ['of two nginx one is down', [...up(flat(1)), nginx(1, flat(0)), nginx(2, flat(1))]],
    [
      'the exporter of nginx is gone, which says nothing of nginx',
      [...up(flat(1)), nginx(1, flat(1, '10m'), gone())],
    ],
  ])(
    'it is none when %s',
    async (_situation, series) => {
      await expectRecorded(series, [{ expr: worst, at: '30m', value: 0 }]);
    },
    60_000,
  );

  test('what nginx answers by itself is as bad as what the servers fail', async () => {
    await expectRecorded(
      [
        ...up(flat(1)),
        requests('200', growing(9)),
        requests('500', flat(0)),
        front('2xx', growing(9)),
        front('499', growing(90)),
        front('5xx', growing(3)),
      ],
      [{ expr: `round(${worst}, 0.01)`, at: '30m', value: 0.25 }],
    );
  }, 60_000);

  test('a message that is refused for a fault of the service reaches nobody', async () => {
    const refused = (reason: string, perSecond: number) =>
      given(`chatroom_messages_refused_total{${server}, reason="${reason}"}`, growing(perSecond));
    const delivered = (perSecond: number) => [
      given(`chatroom_message_delivery_seconds_count{${server}}`, growing(perSecond)),
      given(`chatroom_message_delivery_seconds_bucket{${server}, le="0.5"}`, growing(perSecond)),
    ];
    const share = (at: string, value: number) => [
      { expr: 'round(max(slo:sli_error:ratio_rate5m{slo="chatroom-delivery"}), 0.01)', at, value },
    ];
    await expectRecorded(
      [...up(flat(1)), ...delivered(0), refused('unavailable', 2), refused('not_joined', 9)],
      share('30m', 1),
    );
    await expectRecorded(
      [...up(flat(1)), ...delivered(3), refused('overloaded', 1), refused('rate_limited', 9)],
      share('30m', 0.25),
    );
    await expectRecorded([...up(flat(1)), ...delivered(3), refused('not_joined', 9)], share('30m', 0));
  }, 120_000);

  test('an outage without traffic uses the budget up', async () => {
    await expectRecorded(
      [...up(flat(1, '10m'), flat(0))],
      [
        { expr: worst, at: '9m', value: 0 },
        { expr: 'min(slo:sli_error:ratio_rate5m)', at: '10m', value: 1 },
        { expr: left, at: '60m', value: 0 },
      ],
    );
  }, 60_000);

  test('four bad minutes cost four of the 43 of a month on the first day', async () => {
    await expectRecorded(
      [...up(flat(1, '10m'), flat(0, '4m'), flat(1))],
      [{ expr: `round(max(${budgetLeft}), 0.01)`, at: '25m', value: round(1 - 4 / 43.2) }],
    );
  }, 60_000);

  test('half a day without monitoring costs nothing, and is seen to be missing', async () => {
    const slices = 'slo:sli_error:ratio_rate5m{slo="chatroom-availability", service="chatroom"}';
    const [bad, half] = [86, 4 * 60 * 12];
    await expectRecorded(
      [given(slices, `0x${half - 1 - bad} 1x${bad - 1} _x${half} 0x${half}`)],
      ['12h', '24h', '36h'].flatMap((at, index) => [
        { expr: `round(${knownShare} * 60)`, at, value: index === 2 ? 2 : 1 },
        { expr: `round(max(${budgetLeft}), 0.01)`, at, value: round(1 - bad / 172.8) },
      ]),
      period,
    );
  }, 60_000);

  test('one error on a quiet night is no outage', async () => {
    const one = counting([
      { perSecond: 0, lasting: '10m' },
      { perSecond: 1 / 15, lasting: '15s' },
      { perSecond: 0, lasting: '20m' },
    ]);
    await expectRecorded(
      [...up(flat(1)), requests('200', flat(0)), requests('500', one)],
      [{ expr: `${worst} <= bool 1.06 / 20`, at: '30m', value: 1 }],
    );
  }, 60_000);

  test('a Prometheus that has only just started takes nothing for an outage', async () => {
    await expectRecorded(
      [given('up{job="prometheus", instance="localhost:9090"}', flat(1))],
      [{ expr: 'count(slo:sli_error:ratio_rate5m) or vector(0)', at: '45s', value: 0 }],
    );
  }, 60_000);
});

describe('an SLO', () => {
  const props = {
    name: 'x',
    title: 'X',
    service: 'chatroom',
    promise: { zh: '承诺', en: 'promise' },
    job: 'chatroom-server',
    objective: 0.99,
    floor: 20,
    total: () => '1',
    bad: () => '0',
  } as const;

  test('without an error budget, or with nothing but one, is refused', () => {
    expect(() => slo({ ...props, objective: 1 })).toThrow('x: objective 1 must lie between 0 and 1');
    expect(() => slo({ ...props, objective: 0 })).toThrow('objective 0');
    expect(() => slo({ ...props, objective: 99.9 })).toThrow('such as 0.999');
  });

  test('without a floor is refused, because it would divide by zero at night', () => {
    expect(() => slo({ ...props, floor: 0 })).toThrow('x: floor 0 must be above zero');
  });
});
