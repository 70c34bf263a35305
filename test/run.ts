import { spawn } from 'node:child_process';
import { createHash } from 'node:crypto';
import { mkdtemp, readdir, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { missing } from './cluster/control-plane/locate';

/**
 * `npm test`: every check and every suite, one after another. A stage that fails does not hide what the later
 * ones have to say. The last line is the account of all of them: `N passed, N failed`.
 */

interface Outcome {
  readonly passed: number;
  readonly failed: number;
}

interface Stage {
  readonly name: string;
  readonly run: () => Promise<Outcome>;
}

const root = join(__dirname, '..');

/** A command that counts as one test. */
function command(name: string, ...line: readonly [string, ...string[]]): Stage {
  return {
    name,
    run: async () => ((await exitCode(line)) === 0 ? { passed: 1, failed: 0 } : { passed: 0, failed: 1 }),
  };
}

/**
 * A jest project. A run that finds no test has failed: silence is not success. What a failed test leaves open must not
 * keep the account from being given, so that jest ends when its last test has.
 */
function suite(project: string, ...flags: readonly string[]): Stage {
  return {
    name: `jest ${project}`,
    run: async () => {
      const folder = await mkdtemp(join(tmpdir(), 'chatroom-jest-'));
      const report = join(folder, 'report.json');
      try {
        const code = await exitCode(
          [
            'npx',
            'jest',
            '--selectProjects',
            project,
            '--forceExit',
            '--json',
            '--outputFile',
            report,
            ...flags,
          ],
          { NODE_OPTIONS: '--experimental-vm-modules --disable-warning=ExperimentalWarning' },
        );
        return account(JSON.parse(await readFile(report, 'utf8')) as JestReport, code);
      } catch (error) {
        console.error(`jest ${project} left no report: ${String(error)}`);
        return { passed: 0, failed: 1 };
      } finally {
        await rm(folder, { recursive: true, force: true });
      }
    },
  };
}

/**
 * The suite on a real Kubernetes API server. Without the programs and without Go to build them it is left out on a
 * person's machine (the stage before has said so, and how to get them); in CI it runs and fails.
 */
function clusterSuite(): Stage {
  const stage = suite('cluster', '--runInBand');
  return {
    ...stage,
    run: async () => (!process.env.CI && missing().length > 0 ? { passed: 0, failed: 0 } : stage.run()),
  };
}

interface JestReport {
  readonly numPassedTests: number;
  readonly numFailedTests: number;
  readonly numPendingTests: number;
  readonly numRuntimeErrorTestSuites: number;
}

function account(report: JestReport, code: number): Outcome {
  const passed = report.numPassedTests;
  const broken = report.numFailedTests + report.numRuntimeErrorTestSuites;
  // In CI a skipped test is a promise nobody kept.
  const skipped = process.env.CI ? report.numPendingTests : 0;
  const failed = broken + skipped;
  return { passed, failed: failed === 0 && (code !== 0 || passed === 0) ? 1 : failed };
}

/** Regenerates everything that is generated and compares it, byte for byte, with what lay there before. */
const regenerated: Stage = {
  name: 'generated files are up to date',
  run: async () => {
    const before = await fingerprints();
    if ((await exitCode(['npm', 'run', '--silent', 'generate'])) !== 0) return { passed: 0, failed: 1 };
    const after = await fingerprints();
    const changed = [...new Set([...before.keys(), ...after.keys()])].filter(
      (file) => before.get(file) !== after.get(file),
    );
    changed.forEach((file) =>
      console.error(`${file} is not what its source says; run \`npm run generate\` and commit`),
    );
    return changed.length === 0 ? { passed: 1, failed: 0 } : { passed: 0, failed: 1 };
  },
};

const generatedFiles = ['dist', 'docs/metrics.md'];

async function fingerprints(): Promise<ReadonlyMap<string, string>> {
  const found = new Map<string, string>();
  const visit = async (path: string): Promise<void> => {
    const absolute = join(root, path);
    const entries = await readdir(absolute).catch(() => undefined);
    if (entries) {
      for (const entry of entries) await visit(join(path, entry));
    } else {
      const content = await readFile(absolute).catch(() => undefined);
      if (content) found.set(path, createHash('sha256').update(content).digest('hex'));
    }
  };
  for (const path of generatedFiles) await visit(path);
  return found;
}

function exitCode(
  [program, ...args]: readonly [string, ...string[]],
  environment: Readonly<Record<string, string>> = {},
): Promise<number> {
  return new Promise((resolve) => {
    const child = spawn(program, args, {
      cwd: root,
      stdio: ['ignore', 'inherit', 'inherit'],
      env: { ...process.env, ...environment },
    });
    child.on('error', (error) => {
      console.error(`${program} did not start: ${error.message}`);
      resolve(127);
    });
    child.on('close', (code) => resolve(code ?? 1));
  });
}

const stages: readonly Stage[] = [
  command('requirements', 'npm', 'run', '--silent', 'requirements', '--', '--for', 'test'),
  command('types', 'npm', 'run', '--silent', 'check:types'),
  command('lint', 'npm', 'run', '--silent', 'check:lint'),
  command('imports', 'npm', 'run', '--silent', 'check:imports'),
  command('format', 'npm', 'run', '--silent', 'check:format'),
  command('model', 'npm', 'run', '--silent', 'check:model'),
  regenerated,
  suite('unit', '--maxWorkers=100%'),
  suite('stack', '--runInBand'),
  command('control plane', 'npm', 'run', '--silent', 'control-plane'),
  clusterSuite(),
];

async function main(): Promise<void> {
  const rows: string[] = [];
  let total: Outcome = { passed: 0, failed: 0 };
  for (const stage of stages) {
    console.log(`\n=== ${stage.name}`);
    const started = performance.now();
    const outcome = await stage.run();
    total = { passed: total.passed + outcome.passed, failed: total.failed + outcome.failed };
    const seconds = ((performance.now() - started) / 1000).toFixed(0);
    rows.push(`${stage.name.padEnd(32)} ${outcome.passed} passed, ${outcome.failed} failed  (${seconds} s)`);
  }
  console.log(`\n${rows.join('\n')}\n\n${total.passed} passed, ${total.failed} failed`);
  process.exitCode = total.failed === 0 ? 0 : 1;
}

void main();
