import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { catalogue } from '../monitoring/catalogue';
import { withEveryJob } from '../monitoring/environments/every-job';
import { production } from '../monitoring/environments/production';
import { metricsPage } from '../monitoring/render/metrics-page';
import { runbookIndex } from '../monitoring/render/runbook-index';

/** Writes the pages of docs/ that say what the model says: `npm run docs`. */

/** Production with the jobs that it leaves out as well: the pages are about all there is. */
const everything = catalogue(withEveryJob(production));

/** Every generated page by its path in docs/. */
export function generatedPages(): ReadonlyMap<string, string> {
  return new Map([
    ['metrics.md', metricsPage(everything)],
    [join('runbooks', 'README.md'), runbookIndex(everything)],
  ]);
}

async function main(): Promise<void> {
  const pages = generatedPages();
  for (const [path, text] of pages) await writeFile(join(__dirname, '..', 'docs', path), text);
  console.log(`${pages.size} pages in docs`);
}

if (require.main === module) {
  main().catch((error: unknown) => {
    console.error(error);
    process.exitCode = 1;
  });
}
