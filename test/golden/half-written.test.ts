import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { writeDocuments } from '../../local/standalone';
import { catalogue } from '../../monitoring/catalogue';
import { production } from '../../monitoring/environments/production';
import { standaloneDocuments } from '../../monitoring/render/standalone';

const scratch = mkdtempSync(join(tmpdir(), 'half-written-'));
afterAll(() => rmSync(scratch, { recursive: true }));

/** A folder with documents of an earlier run. */
function earlier(name: string): string {
  const folder = join(scratch, name, 'standalone');
  mkdirSync(folder, { recursive: true });
  writeFileSync(join(folder, 'prometheus.yml'), 'as it was');
  return folder;
}

/** A document that cannot be written: JSON knows no circles. */
const circular: Record<string, unknown> = {};
circular['self'] = circular;

test('a wrong environment is refused before anything is rendered', () => {
  expect(() => standaloneDocuments(catalogue({ ...production, alertmanagers: [] }))).toThrow(
    'alertmanagers: [] is not usable',
  );
});

test('a document that cannot be written leaves the earlier ones whole, and nothing beside them', async () => {
  const folder = earlier('failing');
  const documents = new Map<string, unknown>([
    ['prometheus.yml', { fresh: true }],
    ['dashboards/broken.json', circular],
  ]);
  await expect(writeDocuments(folder, documents)).rejects.toThrow('circular');
  expect(readdirSync(join(folder, '..'))).toEqual(['standalone']);
  expect(readdirSync(folder)).toEqual(['prometheus.yml']);
  expect(readFileSync(join(folder, 'prometheus.yml'), 'utf8')).toBe('as it was');
});

test('documents that are no longer made are gone afterwards, and everybody may read the others', async () => {
  const folder = earlier('working');
  await writeDocuments(folder, new Map([['alertmanager.yml', { fresh: true }]]));
  expect(readdirSync(join(folder, '..'))).toEqual(['standalone']);
  expect(readdirSync(folder)).toEqual(['alertmanager.yml']);
  expect(statSync(folder).mode & 0o777).toBe(0o755);
});
