import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { models, policySchema } from '../../../decision/anomaly';

const page = readFileSync(join(__dirname, '../../../docs/anomaly.md'), 'utf8');

it('the page on anomaly detection describes every model, in their order and words, and no other', () => {
  const rows = [...page.matchAll(/^\| ([a-z]+) +\| (.+?) +\|$/gm)]
    .map(([, name, sees]) => ({ name, sees }))
    .filter(({ name }) => name !== 'model' && name !== 'setting');
  expect(rows).toEqual(models.map(({ name, sees }) => ({ name, sees })));
});

it.each(Object.keys(policySchema.shape))('the page on anomaly detection explains the setting %s', (field) => {
  expect(page).toContain(`\`${field}\``);
});
