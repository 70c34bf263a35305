import { EnvironmentError, checkedEnvironment } from '../../monitoring/environment-check';
import { environments } from '../../monitoring/environments';
import { production } from '../../monitoring/environments/production';

/** What is said about the production environment with one field set to another value, or removed by `undefined`. */
function saidOf(field: string, value: unknown): readonly string[] {
  const environment = structuredClone(production) as unknown as Record<string, unknown>;
  const path = field.split('.');
  const last = path.pop() ?? '';
  const at = path.reduce((node, key) => (node[key] ??= {}) as Record<string, unknown>, environment);
  if (value === undefined) delete at[last];
  else at[last] = value;
  try {
    checkedEnvironment(environment as unknown as typeof production);
    return [];
  } catch (error) {
    if (error instanceof EnvironmentError) return error.problems;
    throw error;
  }
}

test.each(environments.map((environment) => [environment.name, environment] as const))(
  'the environment %s can be used',
  (_name, environment) => {
    expect(checkedEnvironment(environment)).toBe(environment);
  },
);

describe('a wrong value is refused with its field, itself, and what to write instead', () => {
  test.each([
    ['name', 'Prod uction', 'name: "Prod uction" is not usable; use small letters, digits and hyphens'],
    [
      'externalLabels.cluster',
      '',
      'externalLabels.cluster: "" is not usable; write a text that is not empty',
    ],
    ['externalLabels.cluster', undefined, 'externalLabels.cluster: missing; write a text'],
    ['externalLabels.rack', '1', 'externalLabels.rack: no such field; remove it or mend its spelling'],
    ['locale', 'zh', 'locale: "zh" is not usable; choose one of zh-CN, en'],
    [
      'timeZone.offsetMinutes',
      8.5,
      'timeZone.offsetMinutes: 8.5 is not usable; write whole minutes east of UTC',
    ],
    [
      'timeZone.offsetMinutes',
      900,
      'timeZone.offsetMinutes: 900 is not usable; no zone is more than 14 hours east',
    ],
    [
      'scrapeInterval',
      '15',
      'scrapeInterval: "15" is not usable; write a duration above zero in one unit, such as',
    ],
    [
      'scrapeInterval',
      '1m30s',
      'scrapeInterval: "1m30s" is not usable; write a duration above zero in one unit',
    ],
    [
      'evaluationInterval',
      '0s',
      'evaluationInterval: "0s" is not usable; write a duration above zero in one unit',
    ],
    [
      'urls.grafana',
      'grafana:3000',
      'urls.grafana: "grafana:3000" is not usable; write a full http or https address',
    ],
    [
      'urls.runbooks',
      'https://r/',
      'urls.runbooks: "https://r/" is not usable; write a full http or https address',
    ],
    ['targets.redis-exporter', ['redis'], 'targets.redis-exporter.0: "redis" is not usable; write host:port'],
    [
      'targets.redis-exporter',
      ['redis:99999'],
      'targets.redis-exporter.0: "redis:99999" is not usable; write host',
    ],
    [
      'targets.redis-exporter',
      [],
      'targets.redis-exporter: [] is not usable; list at least one host:port, or write false',
    ],
    ['targets.redis-exporter', undefined, 'targets.redis-exporter: missing; list at least one'],
    ['targets.redis', ['redis:1'], 'targets.redis: no such field; remove it or mend its spelling'],
    [
      'alertmanagers',
      [],
      'alertmanagers: [] is not usable; list at least one host:port; without it no alert',
    ],
    [
      'notifications.mail.to.critical',
      'a@b',
      'notifications.mail.to.critical: "a@b" is not usable; write one mail',
    ],
    [
      'notifications.mail.requireTls',
      'no',
      'notifications.mail.requireTls: "no" is not usable; write true or false',
    ],
    [
      'notifications.slack.channel',
      'ops',
      'notifications.slack.channel: "ops" is not usable; write a channel such as',
    ],
    [
      'notifications.slack.url.file',
      'slack-url',
      'notifications.slack.url.file: "slack-url" is not usable; write the abs',
    ],
    [
      'notifications.slack.url.value',
      'x',
      'notifications.slack.url.value: no such field; remove it or mend its spelling',
    ],
    ['alerts.RedisDwn', false, 'alerts.RedisDwn: no such field; remove it or mend its spelling'],
    [
      'alerts.RedisDown',
      true,
      'alerts.RedisDown: true is not usable; write false to leave the alert out, or an object',
    ],
    [
      'alerts.RedisDown.for',
      'soon',
      'alerts.RedisDown.for: "soon" is not usable; write a duration above zero',
    ],
    [
      'alerts.RedisDown.threshold',
      3,
      'alerts.RedisDown.threshold: 3 is not usable; leave it out: this alert compares',
    ],
    [
      'alerts.HighCPUUsage.threshold',
      '90',
      'alerts.HighCPUUsage.threshold: "90" is not usable; write a number',
    ],
    [
      'alerts.HighCPUUsage.labels.a-b',
      'c',
      'alerts.HighCPUUsage.labels.a-b: "c" is not usable; name labels with letters',
    ],
  ])('%s = %j', (field, value, expected) => {
    expect(saidOf(field, value).map((line) => line.slice(0, expected.length))).toEqual([expected]);
  });
});

test('everything that is wrong is told at once', () => {
  const wrong = { ...production, locale: 'fr', scrapeInterval: '1y' } as unknown as typeof production;
  expect(() => checkedEnvironment(wrong)).toThrow(
    'environment "production" cannot be used:\n' +
      '  - locale: "fr" is not usable; choose one of zh-CN, en\n' +
      '  - scrapeInterval: "1y" is not usable; write a duration above zero in one unit, such as 15s or 5m',
  );
});

test.each([
  ['alerts.RedisDown', false],
  ['alerts.HighCPUUsage', { threshold: 90, for: '10m', labels: { team: 'web' } }],
  ['targets.kubernetes-apiservers', ['10.0.0.1:443', '[fd00::1]:443']],
  ['notifications.mail.authentication', undefined],
])('%s may be %j', (field, value) => {
  expect(saidOf(field, value)).toEqual([]);
});
