import { existsSync, globSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { components } from '../../local/components';
import { isOurOwn } from '../../local/components/our-own';
import { portsFrom } from '../../local/ports';
import { findPrograms } from '../../local/programs';
import { Secrets } from '../../local/secrets';
import { checkout, Site } from '../../local/site';
import { ourComponents } from '../../soak/run';

const folder = mkdtempSync(join(tmpdir(), 'ours-test-'));
afterAll(() => rmSync(folder, { recursive: true }));

const site = new Site(folder, portsFrom(20_000), new Secrets(join(folder, 'secrets')), findPrograms());
const ours = ourComponents({ components: components({ factor: 1 }), site });

test('every program of this repository is watched', () => {
  const names: readonly string[] = ours.map(({ name }) => name);
  expect(names).toEqual(
    expect.arrayContaining(['chat-1', 'chat-2', 'webhook', 'nginx-log-exporter', 'slack']),
  );
  const entries = ours
    .map((each) => each.command(site))
    .map((command) => (isOurOwn(command) ? command.entry : ''));
  for (const entry of entries) expect(existsSync(join(checkout, entry))).toBe(true);
  // However it is started: no component may run our code in a way that is not seen.
  const started = globSync('local/components/*.ts', { cwd: checkout })
    .filter((file) => !file.endsWith('our-own.ts'))
    .flatMap((file) => [...readFileSync(join(checkout, file), 'utf8').matchAll(/'([\w/-]+\.ts)'/g)])
    .map(([, entry]) => entry);
  expect(new Set(entries)).toEqual(new Set(started));
});

test('programs of others are not', () => {
  expect(ours.length).toBeLessThan(components({ factor: 1 }).length);
  expect(ours.map(({ name }) => name)).not.toContain('prometheus');
});
