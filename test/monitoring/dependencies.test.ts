import { catalogue } from '../../monitoring/catalogue';
import { dependencies } from '../../monitoring/dependencies';
import { withEveryJob } from '../../monitoring/environments/every-job';
import { production } from '../../monitoring/environments/production';
import { toMilliseconds } from '../../monitoring/model/duration';
import { parseQuery, partsOf } from '../../monitoring/model/query';
import { alertmanagerConfig } from '../../monitoring/render/alertmanager';

const { alerts, inhibitions } = catalogue(withEveryJob(production));
const byName = new Map(alerts.flatMap((group) => group.alerts).map((alert) => [alert.name, alert]));
const pairs = dependencies.flatMap(({ causes, consequences, share, present = [] }) =>
  causes.flatMap((cause) => consequences.map((consequence) => ({ cause, consequence, share, present }))),
);
const named = pairs.map((pair) => [`${pair.cause} -> ${pair.consequence}`, pair] as const);

describe('the map of what follows from what', () => {
  test('states no pair twice', () => {
    const stated = pairs.map(({ cause, consequence, share }) => `${cause} ${consequence} ${share.join()}`);
    expect(new Set(stated).size).toBe(stated.length);
  });

  test.each(named)('%s: whoever is not told of it has been told of its cause', (_name, { cause }) => {
    expect(byName.get(cause)?.severity).toBe('critical');
  });

  test.each(named)('%s: the cause is told no later', (_name, { cause, consequence }) => {
    const waits = (name: typeof cause) => toMilliseconds(byName.get(name)!.for);
    expect(waits(cause)).toBeLessThanOrEqual(waits(consequence));
  });

  test.each(named)('%s: only within one installation', (_name, { share }) => {
    expect(share).toContain('cluster');
  });

  test('lets no single instance of several mute what everybody feels', () => {
    const ofInstances: readonly string[] = ['ChatRoomServerDown', 'NginxInstanceDown', 'RedisInstanceDown'];
    const muted = pairs
      .filter(({ cause, share }) => ofInstances.includes(cause) && !share.includes('instance'))
      .map(({ consequence }): string => consequence);
    expect(muted).toContain('ChatRoomReconnectStorm');
    for (const felt of muted) expect(felt).not.toMatch(/Budget|Rate$|Flat$|Gone$|Unavailable$|Refused$/);
  });

  test('keeps a label that may be missing from counting as equal', () => {
    const optional = pairs.filter(({ share }) => share.includes('node'));
    expect(optional.length).toBeGreaterThan(0);
    expect(optional.every(({ present }) => present.includes('node'))).toBe(true);
    const rendered = alertmanagerConfig(catalogue(production)).inhibit_rules;
    for (const rule of rendered.filter(({ equal }) => equal.includes('node'))) {
      expect(rule.source_matchers).toContain('node=~".+"');
    }
  });

  test('is what Alertmanager is given, and nothing besides', () => {
    const given = inhibitions.flatMap(({ causes, consequences, equal }) =>
      causes.flatMap((cause) => consequences.map((consequence) => `${cause} ${consequence} ${equal.join()}`)),
    );
    const stated = pairs
      .filter(({ cause, consequence }) => byName.has(cause) && byName.has(consequence))
      .map(({ cause, consequence, share }) => `${cause} ${consequence} ${share.join()}`);
    expect(given.sort()).toEqual(stated.sort());
  });

  test('is what rules go by that leave out what a cause explains', () => {
    const going = [...byName.values()].flatMap(({ name, expr }) =>
      [...partsOf(parseQuery(expr))]
        .filter((part) => part.kind === 'selector' && part.metric === 'ALERTS')
        .flatMap((part) => (part.kind === 'selector' ? part.matchers : []))
        .filter(({ label, value }) => label === 'alertname' && value !== name)
        .map(({ value }) => ({ name, causes: value.split('|').sort() })),
    );
    expect(going.length).toBeGreaterThan(0);
    for (const { name, causes } of going) {
      const mapped = pairs.filter(({ consequence }) => consequence === name).map(({ cause }) => cause);
      expect({ name, causes }).toEqual({ name, causes: mapped.sort() });
    }
  });

  test('never mutes what says that the database, the cache, the gateway or everything is gone', () => {
    const muted = new Set(pairs.map(({ consequence }): string => consequence));
    for (const gone of ['PostgreSQLDown', 'RedisDown', 'NginxDown', 'KubeNodeNotReady', 'Watchdog']) {
      expect(muted).not.toContain(gone);
    }
  });
});
