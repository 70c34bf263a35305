import { readdirSync, readFileSync } from 'node:fs';
import { basename, join } from 'node:path';
import { catalogue } from '../monitoring/catalogue';
import { environments } from '../monitoring/environments';
import { withEveryJob } from '../monitoring/environments/every-job';
import { lint } from '../monitoring/lint';
import type { Context } from '../monitoring/lint/problem';
import { alertGroups } from '../monitoring/rules';

/** Checks the model of every environment: `npm run check:model`. Prints what is wrong and fails when anything is. */

/** The pages that explain alerts; README.md explains the pages. */
export function runbookPages(
  folder = join(__dirname, '..', 'docs', 'runbooks'),
): ReadonlyMap<string, string> {
  return new Map(
    readdirSync(folder)
      .filter((file) => file.endsWith('.md') && file !== 'README.md')
      .map((file) => [basename(file, '.md'), readFileSync(join(folder, file), 'utf8')]),
  );
}

export function lintContext(): Context {
  return {
    runbooks: runbookPages(),
    definedAlerts: alertGroups.flatMap((group) => group.alerts.map((alert): string => alert.name)),
  };
}

function main(): void {
  const context = lintContext();
  const checked = environments.flatMap((environment) => [
    environment,
    { ...withEveryJob(environment), name: `${environment.name}-with-every-job` },
  ]);
  const problems = checked.flatMap((environment) =>
    lint(catalogue(environment), context).map((problem) => ({ environment: environment.name, ...problem })),
  );
  for (const { environment, check, subject, message } of problems) {
    console.error(`${environment}: ${subject}: ${message} [${check}]`);
  }
  if (problems.length > 0 || environments.length === 0) {
    console.error(`${problems.length} problems in ${checked.length} environments`);
    process.exitCode = 1;
  } else {
    console.log(`no problems in ${checked.map(({ name }) => name).join(', ')}`);
  }
}

if (require.main === module) main();
