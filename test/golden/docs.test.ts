import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { generatedPages } from '../../local/docs';

const docs = join(__dirname, '..', '..', 'docs');

describe.each([...generatedPages()])('docs/%s', (path, text) => {
  const file = join(docs, path);

  test('is what `npm run docs` would write now', () => {
    expect(readFileSync(file, 'utf8')).toBe(text);
  });
});

test('every metric page row says what the metric means', () => {
  const rows = (generatedPages().get('metrics.md') ?? '').match(/^\| `.*$/gm) ?? [];
  expect(rows.length).toBeGreaterThan(50);
  for (const row of rows) expect(row.split(' | ').at(-2)?.trim()).toMatch(/\S+ \S+/);
});
