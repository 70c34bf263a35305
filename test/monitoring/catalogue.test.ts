import { catalogue, type Catalogue } from '../../monitoring/catalogue';
import type { Environment } from '../../monitoring/environment';
import { production } from '../../monitoring/environments/production';

const alertsOf = ({ alerts }: Catalogue) => alerts.flatMap((group) => group.alerts);
const names = (of: Catalogue): readonly string[] => alertsOf(of).map(({ name }) => name);
const recordings = (of: Catalogue) =>
  of.recordings.flatMap((group) => group.recordings.map(({ name }) => name));

/** The ten alerts of the document: how long they wait, how bad they are, whose they are, and where they begin. */
test.each([
  ['ChatRoomHighErrorRate', '2m', 'critical', 'chatroom', '> 0.1 '],
  ['ChatRoomHighResponseTime', '5m', 'warning', 'chatroom', '> 2 '],
  ['ChatRoomHighConcurrentConnections', '1m', 'warning', 'chatroom', '> 1000'],
  ['HighCPUUsage', '5m', 'warning', 'system', '> 80'],
  ['HighMemoryUsage', '5m', 'critical', 'system', '> 85'],
  ['DiskSpaceUsage', '5m', 'critical', 'system', '> 90 '],
  ['PostgreSQLDown', '1m', 'critical', 'postgresql', '== 0'],
  ['PostgreSQLHighConnections', '5m', 'warning', 'postgresql', '> 80'],
  ['RedisDown', '1m', 'critical', 'redis', '== 0'],
  ['RedisHighMemoryUsage', '5m', 'warning', 'redis', '> 90 '],
])('%s waits %s, is %s, belongs to %s and begins at %s', (name, wait, severity, service, threshold) => {
  const alert = alertsOf(catalogue(production)).find((each) => each.name === name);
  expect(alert).toMatchObject({ for: wait, labels: { severity, service } });
  expect(alert?.expr).toContain(threshold);
});

describe('an environment', () => {
  const having = (changes: Partial<Environment>) => catalogue({ ...production, ...changes });

  test('retunes a threshold, a wait and labels, and nothing else of the alert', () => {
    const before = alertsOf(catalogue(production)).find(({ name }) => name === 'HighCPUUsage');
    const after = alertsOf(
      having({
        alerts: {
          HighCPUUsage: { threshold: 95, for: '15m', labels: { severity: 'critical', team: 'web' } },
        },
      }),
    ).find(({ name }) => name === 'HighCPUUsage');
    expect(after).toEqual({
      ...before,
      expr: before?.expr.replace('> 80', '> 95'),
      for: '15m',
      labels: { severity: 'critical', service: 'system', team: 'web' },
    });
  });

  test('leaves an alert out, and with it what it would have muted or been muted by', () => {
    const without = having({ alerts: { PostgreSQLDown: false } });
    expect(names(without)).toHaveLength(names(catalogue(production)).length - 1);
    expect(without.inhibitions.flatMap(({ causes }) => causes)).not.toContain('PostgreSQLDown');
    expect(without.inhibitions.every(({ causes }) => causes.length > 0)).toBe(true);
  });

  test('leaves a job out with every rule that reads it, on its own or through a recording', () => {
    const without = having({
      targets: { ...production.targets, 'node-exporter': false, 'redis-exporter': false },
    });
    const gone = names(catalogue(production)).filter((name) => !names(without).includes(name));
    expect(gone).toEqual(
      expect.arrayContaining([
        'HighCPUUsage',
        'HighMemoryUsage',
        'DiskSpaceUsage',
        'NodeExporterDown',
        'NodeExporterAbsent',
        'RedisDown',
        'RedisHighMemoryUsage',
        'RedisExporterDown',
        'RedisExporterAbsent',
      ]),
    );
    expect(gone.filter((name) => name.startsWith('ChatRoom'))).toEqual([]);
    expect(recordings(without)).not.toContain('instance:node_cpu_utilisation:ratio_rate5m');
    expect(recordings(without)).toContain('job:chatroom_http_requests:rate5m');
    expect(without.jobs.map(({ name }) => name)).not.toContain('redis-exporter');
  });

  test('without nginx exporters keeps its promises, and judges them by what the servers say', () => {
    const without = having({
      targets: { ...production.targets, 'nginx-exporter': false, 'nginx-log-exporter': false },
    });
    const expressions = (of: Catalogue) =>
      new Map(
        of.recordings.flatMap((group) =>
          group.recordings.map(({ name, staticLabels, expr }) => [`${name} ${staticLabels?.['slo']}`, expr]),
        ),
      );
    const [all, some] = [expressions(catalogue(production)), expressions(without)];
    expect([...some.keys()]).toEqual([...all.keys()]);
    const slice = 'slo:sli_error:ratio_rate5m chatroom-availability';
    expect(all.get(slice)).toMatch(/nginx_up.*nginx_frontend_responses_total/);
    expect(some.get(slice)).toMatch(/chatroom_ready.*chatroom_http_requests_total/);
    expect([...some.values()].filter((expr) => expr.includes('nginx'))).toEqual([]);
    expect(names(without)).toEqual(
      expect.arrayContaining(names(catalogue(production)).filter((name) => name.includes('Budget'))),
    );
    expect(names(without)).not.toContain('NginxDown');
  });

  test('speaks its language', () => {
    const summaries = (locale: Environment['locale']) =>
      alertsOf(having({ locale })).map(({ annotations }) => annotations['summary']);
    expect(summaries('zh-CN').every((summary) => /\p{Script=Han}/u.test(summary ?? ''))).toBe(true);
    expect(summaries('en').some((summary) => /\p{Script=Han}/u.test(summary ?? ''))).toBe(false);
  });
});

test('nobody can change a catalogue once it is made', () => {
  const made = catalogue(production) as unknown as { alerts: { alerts: { for: string }[] }[] };
  expect(() => (made.alerts[0]!.alerts[0]!.for = '1s')).toThrow(TypeError);
});
