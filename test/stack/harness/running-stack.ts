import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Load } from '../../../local/load';
import { firingAlerts } from '../../../local/observe/alerts';
import { switchMemory } from '../../../local/observe/dead-mans-switch';
import { unhealthyTargets } from '../../../local/observe/prometheus';
import { ofThisMachine } from '../../../local/of-this-machine';
import { freePorts } from '../../../local/ports';
import { startStack, type Stack } from '../../../local/stack';
import type { AlertRetunings } from '../../../monitoring/rules';
import { alertsStanding } from './alerts-standing';
import { until } from './until';

export interface RunningStackOptions {
  /** By how much every duration is divided. @default 20 */
  readonly factor?: number;
  /** @default 12 */
  readonly users?: number;
  /** Alerts that differ from dist/standalone, besides those about the load of this machine. @default - none */
  readonly retuned?: AlertRetunings;
}

/** A stack that runs for all tests of a file. */
export interface RunningStack {
  readonly stack: Stack;
  readonly load: Load;
  /** Components that ended by themselves so far, in words. */
  readonly unexpectedExits: readonly string[];
}

const startMilliseconds = 60_000;

/**
 * Starts the whole monitored chat room before the tests of a file, with people chatting, and stops it after
 * them, whatever they did to it. Ports are free ones and data lies in a fresh folder.
 *
 * @example
 * const running = runningStack();
 * test('...', async () => { await query(running().stack.site, 'up'); });
 */
export function runningStack(options: RunningStackOptions = {}): () => RunningStack {
  let data: string | undefined;
  let running: RunningStack | undefined;

  beforeAll(async () => {
    const { factor = 20, users = 12, retuned } = options;
    data = mkdtempSync(join(tmpdir(), 'chatroom-stack-'));
    const unexpectedExits: string[] = [];
    const stack = await startStack({
      data,
      ports: await freePorts(),
      compression: { factor },
      retuned: { ...ofThisMachine, ...retuned },
      onUnexpectedExit: ({ message }) => unexpectedExits.push(message),
    });
    running = { stack, load: new Load(stack, { users }), unexpectedExits };
    await untilWell(running);
  }, startMilliseconds + 30_000);

  afterAll(async () => {
    running?.load.stop();
    await running?.stack.stop();
    if (data !== undefined) rmSync(data, { recursive: true, force: true });
  }, 60_000);

  return () => {
    if (!running) throw new Error('the stack did not start; see the failure of beforeAll');
    return running;
  };
}

/** Longer than a group waits before it reports what has left it, so that no late message belongs to what is next. */
const calmMilliseconds = 4_000;

/** Resolves when everybody is connected, every target answers, and nothing has fired or was about to for a while. */
export async function untilWell(running: RunningStack): Promise<void> {
  let wellSince: number | undefined;
  await until('a stack that is well', startMilliseconds, async () => {
    const wrong = await ailment(running).catch(String);
    if (wrong !== undefined) wellSince = undefined;
    else wellSince ??= performance.now();
    if (wellSince === undefined) return wrong;
    return performance.now() - wellSince > calmMilliseconds ? undefined : 'well, but not for long enough';
  });
}

async function ailment({ stack, load }: RunningStack): Promise<string | undefined> {
  const unhealthy = await unhealthyTargets(stack.site);
  if (unhealthy.length > 0) return `targets do not answer: ${unhealthy.join('; ')}`;
  if (load.connected < load.users) return `${load.connected} of ${load.users} users are connected`;
  const stirring = await alertsStanding(stack.site);
  if (stirring.length > 0) return `alerts stir: ${stirring.join(', ')}`;
  const known = (await firingAlerts(stack.site)).filter(({ labels }) => labels['severity'] !== 'none');
  if (known.length > 0) return `Alertmanager still has ${known.map(({ name }) => name).join(', ')}`;
  const { heardAt, silentSince } = await switchMemory(stack.site);
  if (heardAt === undefined) return 'the dead man’s switch has heard no heartbeat yet';
  return silentSince === undefined
    ? undefined
    : 'the dead man’s switch has not told anybody that all is well';
}
