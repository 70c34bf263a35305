import { execFileSync } from 'node:child_process';
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { parse } from 'yaml';
import { images } from '../constructs/images';
import { operatorVersion } from '../imports/operator-version';
import project from '../package.json';

const root = join(__dirname, '..');
const folder = join(root, '.github', 'workflows');

interface Step {
  readonly name?: string;
  readonly uses?: string;
  readonly run?: string;
}
interface Job {
  readonly uses?: string;
  readonly needs?: string | readonly string[];
  readonly 'timeout-minutes'?: number;
  readonly steps?: readonly Step[];
}
interface Workflow {
  readonly on: Readonly<Record<string, unknown>>;
  readonly permissions: Readonly<Record<string, string>>;
  readonly jobs: Readonly<Record<string, Job>>;
}
const workflow = (name: string) => parse(readFileSync(join(folder, name), 'utf8')) as Workflow;
const stepsOf = ({ jobs }: Workflow) => Object.values(jobs).flatMap(({ steps = [] }) => steps);

describe.each(readdirSync(folder))('the workflow %s', (name) => {
  const { permissions, jobs } = workflow(name);
  const scripts = stepsOf(workflow(name)).flatMap(({ run }) => run ?? []);

  it('may only read unless a job says otherwise, and ends in time', () => {
    expect(permissions).toEqual({ contents: 'read' });
    for (const job of Object.values(jobs)) {
      expect(job['timeout-minutes'] ?? job.uses).toBeDefined();
    }
  });

  it('runs npm scripts and files that are there', () => {
    for (const script of scripts) {
      for (const [, called = ''] of script.matchAll(/npm run (?:--silent )?([\w:-]+)/g)) {
        expect(Object.keys(project.scripts)).toContain(called);
      }
      for (const [file] of script.matchAll(/(?<=^|\s)(?:\.ci|dist|examples|imports|image)\/[\w./-]+/g)) {
        expect([file, existsSync(join(root, file))]).toEqual([file, true]);
      }
    }
  });

  it('takes actions of others at one release, not at whatever a name leads to tomorrow', () => {
    const used = stepsOf(workflow(name)).flatMap(({ uses }) => uses ?? []);
    for (const action of used) expect(action).toMatch(/^actions\/[a-z-]+@v\d|@v\d+\.\d+\.\d+$/);
  });
});

describe('a release', () => {
  const changes = readdirSync(folder).filter((name) => 'pull_request' in workflow(name).on);
  const { jobs } = workflow('release.yml');
  const called = Object.entries(jobs).filter(([, { uses }]) => uses?.startsWith('./.github/workflows/'));

  it('runs everything that a change has to pass', () => {
    expect(changes.length).toBeGreaterThan(2);
    const passed = called.map(([, { uses = '' }]) => uses.split('/').at(-1));
    expect(passed.sort()).toEqual(changes.sort());
    for (const name of changes) expect(Object.keys(workflow(name).on)).toContain('workflow_call');
  });

  it('publishes nothing before all of it has passed', () => {
    const awaited = (name: string): readonly string[] =>
      [jobs[name]?.needs ?? []].flat().flatMap((needed) => [needed, ...awaited(needed)]);
    const publishing = Object.keys(jobs).filter((name) => !called.some(([other]) => other === name));
    expect(publishing).toEqual(['image', 'package']);
    for (const name of publishing) {
      expect(awaited(name)).toEqual(expect.arrayContaining(called.map(([other]) => other)));
    }
  });
});

describe('the cluster of the e2e workflow', () => {
  const steps = stepsOf(workflow('e2e.yml'));
  /** What the lines of a step that set a variable make of it, in a shell as the runner's. */
  const shell = (step: string, variable: string) => {
    const { run = '' } = steps.find(({ name }) => name?.startsWith(step)) ?? {};
    const assignment = run.split('\n').find((line) => line.startsWith(`${variable}=`));
    return execFileSync('bash', ['-ec', `${assignment}; echo "$${variable}"`], {
      cwd: root,
      encoding: 'utf8',
    }).trim();
  };

  it('gets the image that the manifests name, and no other', () => {
    expect(shell('Build the image', 'image')).toBe(images.chatroom);
  });

  it.each(['Install prometheus-operator', 'Hold the chart'])(
    'is told the pinned release where it says "%s"',
    (step) => {
      expect(shell(step, 'version')).toBe(operatorVersion);
    },
  );
});
