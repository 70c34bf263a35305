import { appendFileSync, chmodSync, existsSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { faults, type FaultName } from '../../local/faults';
import type { Fault } from '../../local/faults/fault';
import { obstacle, ownRights, type Rights } from '../../local/faults/obstacle';
import { Load } from '../../local/load';
import { freePorts } from '../../local/ports';
import { requirePrograms } from '../../local/requirements';
import { startStack } from '../../local/stack';
import { untilCalm } from '../../soak/calm';
import { chance } from '../../soak/chance';
import { leftOut } from '../../soak/left-out';
import { commandOf } from '../measure/command';
import { machine } from '../measure/machine';
import { figure, writePage } from '../measure/page';
import { measure, NotToldError, type Episode } from './measure';
import { notificationPage } from './page';

/** `npm run bench:notification`: from a fault to the message about it, for every kind of fault of the local stack. */

const { values, tokens } = parseArgs({
  tokens: true,
  options: {
    /** Names of faults, separated by commas. */
    faults: { type: 'string' },
    rounds: { type: 'string', default: '3' },
    /** A file that keeps what was measured; what is in it already counts, so that a run may be cut into pieces. */
    keep: { type: 'string' },
    compress: { type: 'string', default: '30' },
    seed: { type: 'string', default: '1' },
    'no-page': { type: 'boolean', default: false },
  },
});
const users = 12;

/** An option as it was given, where it was. */
function stated(option: 'faults' | 'rounds' | 'compress' | 'seed'): readonly string[] {
  const given = tokens.some((token) => token.kind === 'option' && token.name === option);
  return given ? [`--${option}`, values[option] ?? ''] : [];
}

/** What a run in one piece would be given that measures the same. */
function whole() {
  const always = ['rounds', 'compress', 'seed'] as const;
  return values.keep === undefined ? (['faults', ...always] as const) : always;
}

async function main(): Promise<void> {
  const { chosen, leftOut: impossible } = choose(values.faults?.split(','));
  const [rounds, factor, seed] = [values.rounds, values.compress, values.seed].map(Number) as [
    number,
    number,
    number,
  ];
  const programs = requirePrograms('test');
  const data = mkdtempSync(join(tmpdir(), 'bench-notification-'));
  chmodSync(data, 0o755);
  const interrupted = new AbortController();
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) {
    process.once(signal, () => interrupted.abort(new Error(`interrupted by ${signal}`)));
  }
  console.log(`starting the stack, time divided by ${factor}`);
  const stack = await startStack({
    data,
    ports: await freePorts(),
    compression: { factor },
    retuned: leftOut,
    programs,
    abort: interrupted.signal,
  });
  const load = new Load(stack, { users });
  const calm = (calmMs: number): Promise<void> =>
    untilCalm({
      stack,
      objection: () =>
        load.connected < users ? `${load.connected} of ${users} users are connected` : undefined,
      calmMs,
      patienceMs: 120_000,
      abort: interrupted.signal,
    });
  try {
    const episodes = kept(values.keep);
    const silent = new Set<FaultName>();
    const die = chance(seed);
    for (let round = 1; round <= rounds; round += 1) {
      for (const [index, fault] of chosen.entries()) {
        await calm(1_000);
        // Otherwise the message joins a group that has just reported something else, and waits for that.
        await stack.forgetAlerts();
        await calm(0);
        const turn = `[${index + 1}/${chosen.length}, round ${round}/${rounds}]`;
        load.talking = fault.needsSilence !== true;
        try {
          const episode = await measure(stack, fault, die);
          episodes.push(episode);
          if (values.keep !== undefined) appendFileSync(values.keep, `${JSON.stringify(episode)}\n`);
          console.log(`${turn} ${line(episode)}`);
        } catch (error) {
          if (!(error instanceof NotToldError)) throw error;
          // The other kinds are worth measuring all the same; the run fails at its end.
          silent.add(fault.name);
          console.error(`${turn} ${fault.name}: ${error.message}`);
        } finally {
          load.talking = true;
        }
      }
    }
    if (silent.size > 0) process.exitCode = 1;
    const page = notificationPage({
      episodes,
      silent: [...silent],
      impossible,
      factor,
      command: commandOf('notification', whole().flatMap(stated)),
      machine: machine(),
      takenAt: new Date(),
    });
    if (!values['no-page']) console.log(`written: ${await writePage(page)}`);
  } finally {
    load.stop();
    await stack.stop();
    rmSync(data, { recursive: true, force: true });
  }
}

function kept(file: string | undefined): Episode[] {
  if (file === undefined || !existsSync(file)) return [];
  const lines = readFileSync(file, 'utf8').split('\n').filter(Boolean);
  return lines.map((line) => JSON.parse(line) as Episode);
}

function choose(names: readonly string[] | undefined): {
  readonly chosen: readonly Fault<FaultName>[];
  readonly leftOut: readonly { readonly fault: FaultName; readonly why: string }[];
} {
  const unknown = names?.find((name) => !faults.some((fault) => fault.name === name));
  if (unknown !== undefined) {
    throw new Error(
      `--faults ${unknown} is unknown; choose among ${faults.map(({ name }) => name).join(', ')}`,
    );
  }
  const rights = ownRights();
  const leftOut = faults.flatMap((fault) => {
    const why = unmeasurable(fault, rights);
    return why === undefined ? [] : [{ fault: fault.name, why }];
  });
  for (const { fault, why } of leftOut) console.log(`${fault} is left out: it ${why}`);
  const possible = faults.filter(({ name }) => !leftOut.some(({ fault }) => fault === name));
  return { chosen: possible.filter(({ name }) => names?.includes(name) ?? true), leftOut };
}

/** Why there is nothing to measure here, completing "It …"; nothing when there is. */
function unmeasurable(fault: Fault, rights: Rights): string | undefined {
  if (fault.silences) return 'silences everybody but the dead man’s switch, which has a deadline of its own';
  return obstacle(fault, rights);
}

function line({ fault, alert, noticedAfter, toldAfter, promised, by }: Episode): string {
  const seconds = (ms: number): string => `${figure(ms / 1_000, 1)} s`;
  return `${fault}: ${alert} noticed after ${seconds(noticedAfter)}, told after ${seconds(toldAfter)} (${by}); promised ${seconds(promised)}, ratio ${figure(toldAfter / promised)}`;
}

main().catch((error: unknown) => {
  console.error(error instanceof Error ? error.message : error);
  process.exitCode = 1;
});
