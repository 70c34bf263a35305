import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { faults } from '../../local/faults';
import { checkout } from '../../local/site';

test('docs/local.md lists every fault with what it does and what must fire, and no other', () => {
  const page = readFileSync(join(checkout, 'docs', 'local.md'), 'utf8');
  const rows = [...page.matchAll(/^\| `(\w[\w-]*)` +\| (.*?) +\| (.*?) +\|$/gm)].map(
    ([, name, does, fires]) => ({
      name,
      does: does?.replace(' (root only)', ''),
      fires: fires?.match(/\w+/)?.[0],
    }),
  );
  expect(rows).toEqual(
    faults.map(({ name, does, alerts }) => ({ name, does, fires: alerts[0] ?? 'nothing' })),
  );
});
