import { execFileSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { stringify } from 'yaml';
import { catalogue } from '../../monitoring/catalogue';
import { alertmanagerConfig } from '../../monitoring/render/alertmanager';
import { standaloneEnvironment } from '../../local/documents';
import { expectationOf, labelsOf } from '../../local/expectation';
import { findPrograms } from '../../local/programs';

const catalogued = catalogue(standaloneEnvironment);
const alerts = catalogued.alerts.flatMap((group) => group.alerts);
const asItRuns = { factor: 1 };

test('names the receivers that Alertmanager itself would choose, for every alert', () => {
  const folder = mkdtempSync(join(tmpdir(), 'expectation-'));
  try {
    const file = join(folder, 'alertmanager.yml');
    writeFileSync(file, stringify(alertmanagerConfig(catalogued)));
    const chosen = (labels: Readonly<Record<string, string>>): readonly string[] =>
      execFileSync(
        findPrograms().amtool ?? '',
        [
          ...['config', 'routes', 'test', `--config.file=${file}`],
          ...Object.entries(labels).map(([name, value]) => `${name}=${value}`),
        ],
        { encoding: 'utf8', stdio: ['ignore', 'pipe', 'ignore'] },
      )
        .trim()
        .split(',');
    expect(alerts.length).toBeGreaterThan(10);
    for (const alert of alerts) {
      const named = new Set(
        expectationOf(alert.name, catalogued, asItRuns).deliveries.map(({ receiver }) => receiver),
      );
      // A receiver without channels tells nobody, and so appears in no delivery.
      const silent = catalogued.receivers
        .filter(({ channels }) => channels.length === 0)
        .map(({ name }) => name);
      const receivers = chosen(labelsOf(alert, catalogued)).filter((name) => !silent.includes(name as never));
      expect({ alert: alert.name, receivers: [...named] }).toEqual({ alert: alert.name, receivers });
    }
  } finally {
    rmSync(folder, { recursive: true });
  }
});

test('a critical alert of a team goes to whoever is on call and to the team', () => {
  const { deliveries } = expectationOf('PostgreSQLDown', catalogued, asItRuns);
  expect(deliveries).toEqual([
    { receiver: 'critical-alerts', kind: 'email', address: 'critical@chatroom.example.com' },
    { receiver: 'critical-alerts', kind: 'slack', address: '#critical-alerts' },
    { receiver: 'database-team', kind: 'email', address: 'dba@example.com' },
  ]);
});

test('a message comes after what the alert must last and its group waits, and before everything that may be late', () => {
  const { earliest, latest } = expectationOf('HighMemoryUsage', catalogued, asItRuns);
  // for 5m, critical: wait 5 s; a scrape of 15 s, two evaluations of 15 s, one second to deliver.
  expect({ earliest, latest }).toEqual({ earliest: 305_000, latest: 305_000 + 45_000 + 1_000 });
});

test('an average over a range may take as long as the range to turn', () => {
  const { earliest, latest } = expectationOf('ChatRoomHighErrorRate', catalogued, asItRuns);
  expect({ earliest, latest }).toEqual({ earliest: 125_000, latest: 125_000 + 45_000 + 300_000 + 1_000 });
});

test('of two ways to notice, the quicker is what is waited for, and recordings are as long as their names say', () => {
  const { latest } = expectationOf('ChatRoomAvailabilityBudgetBurningFast', catalogued, asItRuns);
  // One hour and five minutes, or six hours and thirty minutes.
  expect(latest).toBe(125_000 + 45_000 + 3_600_000 + 1_000);
});

test('who looks back over a day asks what was, and nobody waits a day for it', () => {
  const { latest } = expectationOf('FilesystemReadOnly', catalogued, asItRuns);
  expect(latest).toBe(65_000 + 45_000 + 1_000);
});

test('compression shortens all of it, but no scrape below what a scrape takes', () => {
  const { earliest, latest } = expectationOf('HighMemoryUsage', catalogued, { factor: 30 });
  expect({ earliest, latest }).toEqual({ earliest: 10_167, latest: 10_167 + 3_000 + 1_000 });
});

test('what an alert mutes is read off the inhibitions', () => {
  expect(expectationOf('NodeExporterDown', catalogued, asItRuns).mutes).toContain('HighCPUUsage');
  expect(expectationOf('RedisHighMemoryUsage', catalogued, asItRuns).mutes).toEqual([]);
});

test('an alert that the environment leaves out has no expectation', () => {
  const without = catalogue({ ...standaloneEnvironment, alerts: { RedisDown: false } });
  expect(() => expectationOf('RedisDown', without, asItRuns)).toThrow('RedisDown is not among the alerts');
});
