import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { lintContext } from '../../../local/check-model';
import { catalogue } from '../../../monitoring/catalogue';
import { environments } from '../../../monitoring/environments';
import { withEveryJob } from '../../../monitoring/environments/every-job';
import { checks, lint } from '../../../monitoring/lint';
import { plant } from './planted';

const folder = join(__dirname, '..', '..', '..', 'monitoring', 'lint');
const support = ['expressions', 'index', 'problem', 'result-labels', 'vocabulary'];
const files = readdirSync(folder).map((file) => file.replace(/\.ts$/, ''));
const checkFiles = files.filter((file) => !support.includes(file));

describe('the model', () => {
  const all = environments.flatMap((environment) => [
    [environment.name, environment] as const,
    [`${environment.name} with every job`, withEveryJob(environment)] as const,
  ]);

  test.each(all)('of %s has no problem', (_name, environment) => {
    expect(lint(catalogue(environment), lintContext())).toEqual([]);
  });

  test('is looked at: an empty catalogue is a problem in itself', () => {
    const context = { runbooks: new Map<string, string>(), definedAlerts: [] };
    const empty = plant({ alerts: [], recordings: [], boards: [], jobs: [], receivers: [] });
    expect(lint(empty, context).map(({ subject }) => subject)).toEqual([
      'alerts',
      'recordings',
      'jobs',
      'receivers',
      'boards',
    ]);
  });
});

describe('the list of checks', () => {
  test('has every file that holds a check', () => {
    expect(checks).toHaveLength(checkFiles.length);
  });

  test.each(checkFiles)('%s tells its problems under its own name, and has a test', (file) => {
    expect(readFileSync(join(folder, `${file}.ts`), 'utf8')).toContain(`check: '${file}'`);
    expect(readdirSync(__dirname)).toContain(`${file}.test.ts`);
  });
});
