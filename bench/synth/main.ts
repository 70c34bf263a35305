import { execFileSync } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { checkout } from '../../local/site';
import { load, machine } from '../measure/machine';
import { figure, spread, table, writePage } from '../measure/page';
import { summary, type Summary } from '../measure/statistics';
import type { SynthFigures } from './figures';

/** `npm run bench:synth`: how long synthesis takes, as users run it and by number of monitored services. */

const { values } = parseArgs({
  options: {
    services: { type: 'string', default: '1,10,100,1000' },
    runs: { type: 'string', default: '5' },
    'no-page': { type: 'boolean', default: false },
  },
});

const runs = Number(values.runs);
const sizes = values.services.split(',').map(Number);
if (!(runs >= 1) || sizes.some((size) => !Number.isInteger(size) || size < 1)) {
  throw new Error(
    `--services ${values.services} --runs ${values.runs} cannot be; give whole numbers above 0`,
  );
}

const repeat = <T>(measure: () => T): readonly T[] => Array.from({ length: runs }, measure);

/** Seconds of `npm run synth`, from the shell and back: with what earlier runs compiled, and as after cloning. */
function command(): { readonly again: Summary; readonly first: Summary } {
  const folder = mkdtempSync(join(tmpdir(), 'bench-synth-'));
  try {
    const once = () => {
      const began = performance.now();
      execFileSync('npm', ['run', '--silent', 'synth'], {
        cwd: checkout,
        env: { ...process.env, CDK8S_OUTDIR: folder },
        stdio: 'ignore',
      });
      return (performance.now() - began) / 1_000;
    };
    const first = summary(
      repeat(() => {
        for (const cache of ['typescript', 'node']) {
          rmSync(join(checkout, 'node_modules', '.cache', cache), { recursive: true, force: true });
        }
        return once();
      }),
    );
    return { first, again: summary(repeat(once)) };
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

function bySize(services: number): readonly SynthFigures[] {
  const one = join(__dirname, 'one.ts');
  const once = () =>
    JSON.parse(
      execFileSync(process.execPath, ['--require', join(checkout, 'typescript.cjs'), one, String(services)], {
        cwd: checkout,
        encoding: 'utf8',
      }),
    ) as SynthFigures;
  return repeat(once);
}

async function main(): Promise<void> {
  const before = load();
  const { first, again } = command();
  console.log(`npm run synth: ${spread(again)} s; the first after cloning: ${spread(first)} s`);
  const rows = sizes.map((services) => {
    const measured = bySize(services);
    const [one] = measured;
    if (!one) throw new Error('nothing was measured');
    const seconds = summary(measured.map(({ seconds }) => seconds));
    const memory = summary(measured.map(({ megabytes }) => megabytes));
    const each = (seconds.median / services) * 1_000;
    console.log(`${services} services: ${spread(seconds)} s, ${spread(memory)} MB`);
    return [
      figure(services, 0),
      figure(one.objects, 0),
      figure(one.bytes / 1_024, 0),
      spread(seconds),
      figure(each),
      spread(memory),
    ];
  });
  if (values['no-page']) return;
  const file = await writePage({
    name: 'synth',
    title: 'Synthesis of the Kubernetes manifests',
    command: 'npm run bench:synth',
    machine: `${machine()}; load ${before.toFixed(1)} before the first run`,
    takenAt: new Date(),
    body: [
      `\`npm run synth\`, all environments, from the shell and back: **${spread(again)} s**, median of ${runs} with the lowest and the highest beside it; ${spread(first)} s the first time after cloning, when nothing is compiled yet. Later runs compile what has changed.`,
      `Time and memory by number of monitored services, each a job, an alert group, a board and the way there; every run in a process of its own, median of ${runs}:`,
      table(['services', 'objects', 'KiB written', 'time, s', 'per service, ms', 'memory at most, MB'], rows),
    ],
  });
  console.log(file);
}

main().catch((failure: unknown) => {
  console.error(failure instanceof Error ? failure.message : failure);
  process.exitCode = 1;
});
