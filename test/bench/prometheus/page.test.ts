import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { standaloneEnvironment } from '../../../local/documents';
import { allRecordings, catalogue } from '../../../monitoring/catalogue';

test('the committed figures are those of the rules there are', () => {
  const page = readFileSync(join(__dirname, '..', '..', '..', 'docs', 'benchmarks', 'prometheus.md'), 'utf8');
  const { alerts, recordings } = catalogue(standaloneEnvironment);
  const rules = alerts.flatMap((group) => group.alerts).length + allRecordings(recordings).length;
  // Run `npm run bench:prometheus` again.
  expect(page).toContain(`with our ${rules} alert and recording rules`);
});
