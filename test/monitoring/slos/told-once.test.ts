import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { stringify } from 'yaml';
import { catalogue } from '../../../monitoring/catalogue';
import { production } from '../../../monitoring/environments/production';
import { dependencies } from '../../../monitoring/dependencies';
import { toMilliseconds, type Duration } from '../../../monitoring/model/duration';
import { causesOf } from '../../../monitoring/model/dependency';
import { parseQuery, partsOf } from '../../../monitoring/model/query';
import { noticedWithin } from '../../../monitoring/model/slo';
import { alertRules, recordingRules, type Rule, type RuleGroup } from '../../../monitoring/render/rules';
import type { AlertName } from '../../../monitoring/rules';
import { promtool } from '../promtool';
import { counting, given, type Given, type Stretch } from '../rules/given';

/** Whoever was told of a cause is not told once more, when it is mended, that it cost budget; whoever was not, is. */

const delivered = catalogue(production);
const causes = [
  'PostgreSQLDown',
  'RedisDown',
  'NginxDown',
  'NginxUpstreamGone',
  'ChatRoomUnavailable',
  'ChatRoomServerDown',
  'ChatRoomServerAbsent',
  'ChatRoomHighErrorRate',
  'ChatRoomMessagesRefused',
] as const satisfies readonly AlertName[];
const budgets = /BudgetBurning(Fast|Slowly)$/;

const groups: readonly RuleGroup[] = [
  ...alertRules(delivered).groups.map((group) => ({
    ...group,
    rules: group.rules.filter(
      (rule) =>
        'alert' in rule && ((causes as readonly string[]).includes(rule.alert) || budgets.test(rule.alert)),
    ),
  })),
  ...recordingRules(delivered).groups.filter(({ name }) => name.startsWith('slo')),
].filter(({ rules }) => rules.length > 0);

/** The rules as the SRE workbook has them: the short window holds everything, explained or not. */
const workbook = groups.map((group) => ({
  ...group,
  rules: group.rules.map((rule) => ({
    ...rule,
    expr: rule.expr.replaceAll('slo:sli_error_unexplained:ratio_rate', 'slo:sli_error:ratio_rate'),
  })),
}));

const folder = mkdtempSync(join(tmpdir(), 'told-once-'));
afterAll(() => rmSync(folder, { recursive: true }));

interface Looked {
  readonly alert: string;
  /** From the start of the situation on. */
  readonly until: Duration;
  /** How far back is looked. */
  readonly over: Duration;
  /** In how many of the evaluations it fires. */
  readonly fires: 'never' | 'always' | 'sometimes';
}

async function verdict(
  situation: readonly Given[],
  looks: readonly Looked[],
  rules: readonly { readonly rules: readonly Rule[] }[] = groups,
): Promise<string> {
  const file = join(folder, 'test.yml');
  writeFileSync(join(folder, 'rules.yml'), stringify({ groups: rules }));
  const promql_expr_test = looks.map(({ alert, until, over, fires }) => {
    const fired = `max(count_over_time(ALERTS{alertname="${alert}", alertstate="firing"}[${over}]) or vector(0))`;
    const all = toMilliseconds(over) / 15_000;
    const test = {
      never: `${fired} == bool 0`,
      sometimes: `${fired} > bool 0`,
      always: `${fired} >= bool ${all}`,
    };
    return { expr: test[fires], eval_time: until, exp_samples: [{ labels: '{}', value: 1 }] };
  });
  const tests = [{ interval: '15s', input_series: situation, promql_expr_test }];
  writeFileSync(file, stringify({ rule_files: ['rules.yml'], evaluation_interval: '15s', tests }));
  return (await promtool('test', 'rules', file)).output;
}

/** Something that goes on, breaks for a while, and goes on. */
interface Outage {
  readonly sound: Duration;
  readonly broken: Duration;
  readonly afterwards: Duration;
}

const server = 'job="chatroom-server", instance="chat-1:8000"';
const level = (series: string, before: number, during: number, { sound, broken, afterwards }: Outage) =>
  given(
    series,
    `${before}x${samples(sound) - 1} ${during}x${samples(broken) - 1} ${before}x${samples(afterwards) - 1}`,
  );
const requests = (status: string, stretches: readonly Stretch[], repeated = 1) =>
  given(
    `chatroom_http_requests_total{${server}, method="GET", path="/api/rooms", status="${status}"}`,
    counting(stretches, repeated),
  );
/** Requests of which a share fails during an outage, and so much of them afterwards. */
const failing = (outage: Outage, share: number, afterwards = 0) => {
  const split = (of: (bad: number) => number): readonly Stretch[] => [
    { perSecond: of(0), lasting: outage.sound },
    { perSecond: of(share), lasting: outage.broken },
    { perSecond: of(afterwards), lasting: outage.afterwards },
  ];
  return [
    requests(
      '200',
      split((bad) => 10 * (1 - bad)),
    ),
    requests(
      '500',
      split((bad) => 10 * bad),
    ),
  ];
};
/** A server whose scrapes succeed, and what it says of itself meanwhile. */
const says = (isReady: string) => [
  given(`up{${server}}`, '1x2000'),
  given(`chatroom_ready{${server}}`, isReady),
];
const answering = says('1x2000');
const postgres = 'pg_up{job="postgres-exporter", instance="postgres-exporter:9187"}';

function samples(duration: Duration): number {
  return toMilliseconds(duration) / 15_000;
}

const fast = 'ChatRoomAvailabilityBudgetBurningFast';
const slowly = 'ChatRoomAvailabilityBudgetBurningSlowly';
const patience = 120_000;

/** What a target says, of which Prometheus hears nothing for a while. */
const unscraped = (series: string, { sound, broken, afterwards }: Outage) =>
  given(series, `1x${samples(sound) - 1} stale _x${samples(broken) - 1} 1x${samples(afterwards) - 1}`);

/** Something that happens ten times a second while all is well, or only while it is not. */
const paced = (series: string, during: 'the outage' | 'the rest', outage: Outage) => {
  const [well, badly] = during === 'the outage' ? [0, 10] : [10, 0];
  return given(
    series,
    counting([
      { perSecond: well, lasting: outage.sound },
      { perSecond: badly, lasting: outage.broken },
      { perSecond: well, lasting: outage.afterwards },
    ]),
  );
};

const frontLog = 'job="nginx-log-exporter", instance="nginx:9117"';
const unreached = (outage: Outage) => [
  paced(`nginx_frontend_responses_total{${frontLog}, class="2xx"}`, 'the rest', outage),
  paced(`nginx_frontend_responses_total{${frontLog}, class="5xx"}`, 'the outage', outage),
  paced(`nginx_frontend_upstream_failures_total{${frontLog}, reason="unreachable"}`, 'the outage', outage),
];
const refused = (outage: Outage) => [
  paced(`chatroom_messages_total{${server}}`, 'the rest', outage),
  paced(`chatroom_message_delivery_seconds_count{${server}}`, 'the rest', outage),
  paced(`chatroom_message_delivery_seconds_bucket{${server}, le="0.5"}`, 'the rest', outage),
  paced(`chatroom_messages_refused_total{${server}, reason="unavailable"}`, 'the outage', outage),
];

const longer = (duration: Duration): Duration => `${toMilliseconds(duration) / 1_000 + 45}s`;

const lengths: readonly Duration[] = ['10m', '20m', '60m'];
const told = lengths.flatMap((broken) => {
  const outage: Outage = { sound: '10m', broken, afterwards: '40m' };
  const ended = 10 + toMilliseconds(broken) / 60_000;
  return [
    {
      name: `PostgreSQL is away for ${broken} and everything fails`,
      // The servers need most of a minute to trust their database again.
      given: [
        ...answering,
        level(postgres, 1, 0, outage),
        ...failing({ ...outage, broken: longer(broken) }, 1),
      ],
      cause: 'PostgreSQLDown',
      ended,
    },
    {
      name: `the only server is away for ${broken}`,
      given: [
        level(`up{${server}}`, 1, 0, outage),
        unscraped(`chatroom_ready{${server}}`, outage),
        ...failing(outage, 0),
      ],
      cause: 'ChatRoomUnavailable',
      ended,
    },
    {
      name: `no server is ready for ${broken}, for whatever reason`,
      given: [answering[0]!, level(`chatroom_ready{${server}}`, 1, 0, outage), ...failing(outage, 0)],
      cause: 'ChatRoomUnavailable',
      ended,
    },
    {
      name: `Prometheus knows no server for ${broken}`,
      given: [
        given('up{job="prometheus", instance="localhost:9090"}', '1x2000'),
        unscraped(`up{${server}}`, outage),
        unscraped(`chatroom_ready{${server}}`, outage),
      ],
      cause: 'ChatRoomServerAbsent',
      ended,
    },
    {
      name: `every nginx is away for ${broken}`,
      given: [...answering, level('nginx_up{job="nginx-exporter", instance="nginx:9113"}', 1, 0, outage)],
      cause: 'NginxDown',
      ended,
    },
    {
      name: `nginx reaches no server for ${broken}`,
      given: [...answering, ...unreached(outage)],
      cause: 'NginxUpstreamGone',
      ended,
    },
    {
      name: `every message is refused for ${broken}`,
      given: [...answering, ...refused(outage)],
      cause: 'ChatRoomMessagesRefused',
      ended,
    },
    {
      name: `one request in five fails for ${broken}`,
      given: [...answering, ...failing(outage, 0.2)],
      cause: 'ChatRoomHighErrorRate',
      ended,
    },
  ];
});

/** What PostgreSQL's alert mutes is over when that ends. */
const outlasted = (ended: number): Looked => ({
  alert: 'ChatRoomHighErrorRate',
  until: `${ended + 40}m`,
  over: '2220s',
  fires: 'never',
});

describe('of an outage whose cause is told', () => {
  test.each(told.map((each) => [each.name, each] as const))(
    'nobody is paged about budgets, neither while it lasts nor when it is over: %s',
    async (_name, { given: situation, cause, ended }) => {
      const until = `${ended + 40}m` as Duration;
      const all = { until, over: until };
      const alerts = ['Availability', 'Latency', 'Delivery'].map((promise) => `ChatRoom${promise}`);
      const looks: readonly Looked[] = [
        { alert: cause, ...all, fires: 'sometimes' },
        ...(cause === 'PostgreSQLDown' ? [outlasted(ended)] : []),
        ...alerts.map((title): Looked => ({ alert: `${title}BudgetBurningFast`, ...all, fires: 'never' })),
      ];
      expect(await verdict(situation, looks)).toContain('SUCCESS');
    },
    patience,
  );

  test(
    'the workbook would page, after the all-clear and for half an hour',
    async () => {
      const { given: situation, ended } = told.find(({ name }) =>
        name.includes('PostgreSQL is away for 20m'),
      )!;
      const late = `${ended + 25}m` as Duration;
      const look: Looked = { alert: fast, until: late, over: '20m', fires: 'always' };
      expect(await verdict(situation, [look], workbook)).toContain('SUCCESS');
      expect(await verdict(situation, [look])).toContain('FAILED');
    },
    patience,
  );

  test(
    'the team learns in a ticket what it cost',
    async () => {
      const { given: situation, ended } = told.find(({ name }) =>
        name.includes('PostgreSQL is away for 10m'),
      )!;
      const looks: readonly Looked[] = [
        { alert: slowly, until: `${ended + 30}m` as Duration, over: '10m', fires: 'always' },
      ];
      expect(await verdict(situation, looks)).toContain('SUCCESS');
    },
    patience,
  );
});

describe('of a burn that no alert explains', () => {
  const outage: Outage = { sound: '10m', broken: '20m', afterwards: '60m' };

  test(
    'somebody is paged six minutes after the all-clear, when the cause is mended and one request in twenty still fails',
    async () => {
      const situation = [...answering, level(postgres, 1, 0, outage), ...failing(outage, 1, 0.05)];
      const looks: readonly Looked[] = [
        { alert: fast, until: '34m', over: '34m', fires: 'never' },
        { alert: fast, until: '60m', over: '21m', fires: 'always' },
      ];
      expect(await verdict(situation, looks)).toContain('SUCCESS');
    },
    patience,
  );

  test(
    'somebody is paged when everything fails for 45 seconds every six minutes, which never lasts long enough for any cause',
    async () => {
      const flapping = (bad: number, good: number): readonly Stretch[] => [
        { perSecond: bad, lasting: '45s' },
        { perSecond: good, lasting: '315s' },
      ];
      const situation = [
        ...answering,
        requests('200', flapping(0, 10), 15),
        requests('500', flapping(10, 0), 15),
      ];
      const looks: readonly Looked[] = [
        { alert: 'ChatRoomHighErrorRate', until: '90m', over: '90m', fires: 'never' },
        { alert: fast, until: '15m', over: '5m', fires: 'sometimes' },
        { alert: fast, until: '90m', over: '30m', fires: 'sometimes' },
      ];
      expect(await verdict(situation, looks)).toContain('SUCCESS');
    },
    patience,
  );

  test(
    'one page stands while one request in thirty fails, whatever a single minute shows',
    async () => {
      const situation = [
        ...answering,
        requests('200', [{ perSecond: 0.97, lasting: '2h' }]),
        requests(
          '500',
          [
            { perSecond: 0, lasting: '15s' },
            { perSecond: 1 / 15, lasting: '15s' },
          ],
          240,
        ),
      ];
      const looks: readonly Looked[] = [{ alert: fast, until: '2h', over: '75m', fires: 'always' }];
      expect(await verdict(situation, looks)).toContain('SUCCESS');
    },
    patience,
  );

  test(
    'somebody is paged although one of two servers is dead, and stays dead',
    async () => {
      const dead = [given('up{job="chatroom-server", instance="chat-2:8000"}', '1x39 0x400')];
      const burning: Outage = { sound: '30m', broken: '60m', afterwards: '5m' };
      const situation = [...answering, ...dead, ...failing(burning, 0.08)];
      const looks: readonly Looked[] = [
        { alert: 'ChatRoomServerDown', until: '90m', over: '75m', fires: 'always' },
        { alert: fast, until: '30m', over: '30m', fires: 'never' },
        { alert: fast, until: '90m', over: '30m', fires: 'always' },
      ];
      expect(await verdict(situation, looks)).toContain('SUCCESS');
    },
    patience,
  );

  test(
    'somebody is paged although a cause of something else fires',
    async () => {
      const redis = 'redis_up{job="redis-exporter", instance="redis-exporter:9121"}';
      const burning: Outage = { sound: '10m', broken: '60m', afterwards: '5m' };
      const situation = [...answering, level(redis, 1, 0, burning), ...failing(burning, 0.08)];
      const looks: readonly Looked[] = [
        { alert: 'RedisDown', until: '70m', over: '50m', fires: 'always' },
        { alert: fast, until: '70m', over: '30m', fires: 'always' },
      ];
      expect(await verdict(situation, looks)).toContain('SUCCESS');
    },
    patience,
  );
});

test('every cause of a page about a budget is noticed before its beginning is held against somebody', () => {
  const alerts = new Map(
    delivered.alerts.flatMap((group) => group.alerts).map((alert) => [alert.name, alert]),
  );
  const pages = [...alerts.keys()].filter((name) => name.endsWith('BudgetBurningFast'));
  const found = pages.flatMap((page) => causesOf(dependencies, page).flatMap((each) => each.causes));
  expect(found.length).toBeGreaterThan(0);
  for (const cause of new Set(found)) {
    const { expr, for: waits } = alerts.get(cause)!;
    const looksBack = Math.max(
      0,
      ...[...partsOf(parseQuery(expr))].map((part) => (part.kind === 'range' ? part.milliseconds : 0)),
    );
    expect([cause, toMilliseconds(waits) + looksBack + 60_000 <= toMilliseconds(noticedWithin)]).toEqual([
      cause,
      true,
    ]);
  }
});
