import { setTimeout as sleep } from 'node:timers/promises';
import { isOurOwn } from '../local/components/our-own';
import type { Compression } from '../local/compress';
import { standaloneEnvironment } from '../local/documents';
import { expectationOf, type Expectation } from '../local/expectation';
import type { Fault, Heal } from '../local/faults/fault';
import { Load } from '../local/load';
import { ownLiveBytes } from '../local/observe/heap-probe';
import { query } from '../local/observe/prometheus';
import type { Ports } from '../local/ports';
import type { Programs } from '../local/programs';
import type { Site } from '../local/site';
import { startStack, type Stack } from '../local/stack';
import { catalogue, type Catalogue } from '../monitoring/catalogue';
import { account, type Account } from './account';
import { addresseeOf, repeatIntervals } from './addressee';
import { itself } from './account/processes';
import { untilCalm } from './calm';
import { chance } from './chance';
import type { Due, EventOf, SoakEvent } from './event';
import type { Note } from './note';
import { Postbox } from './postbox';
import { processUsage } from './process-usage';
import { leftOut } from './left-out';
import { LiveHeaps } from './live-heaps';
import { storedIds, Talkers, witnesses } from './talkers';

export interface SoakProps {
  readonly data: string;
  readonly ports: Ports;
  readonly programs: Programs;
  /** For how long something new is broken; the last is seen to its end. */
  readonly forMs: number;
  readonly factor: number;
  readonly users: number;
  readonly seed: number;
  readonly faults: readonly Fault[];
  readonly say: (line: string) => void;
  readonly abort: AbortSignal;
}

/** Longer than a group waits before it says what has left it. */
const calmMs = 4_000;
/** A machine that does other things too takes longer than the model says. */
const allowanceMs = 60_000;
const calmPatienceMs = 120_000;

/** Runs the stack under load, breaks it again and again, and adds up what happened. */
export async function soak(props: SoakProps): Promise<Account> {
  const events: SoakEvent[] = [];
  const note: Note = (event, at = new Date()) => events.push({ ...event, at: at.getTime() });
  const compression: Compression = { factor: props.factor };
  const catalogued = catalogue(standaloneEnvironment);
  try {
    await run(props, { note, catalogued, compression });
  } catch (error) {
    note({ kind: 'failed', why: reason(error) });
  }
  return account(events, { witnesses, repeatAfterMs: repeatIntervals(catalogued, compression) });
}

/** What went wrong, and what made it so. */
function reason(error: unknown): string {
  if (!(error instanceof Error)) return String(error);
  return error.cause === undefined ? error.message : `${error.message}: ${reason(error.cause)}`;
}

interface Context {
  readonly note: Note;
  readonly catalogued: Catalogue;
  readonly compression: Compression;
}

async function run(props: SoakProps, context: Context): Promise<void> {
  const { data, ports, programs, forMs, users, seed, faults, say, abort } = props;
  const { note, compression } = context;
  const stack = await startStack({
    data,
    ports,
    compression,
    programs,
    abort,
    retuned: leftOut,
    onUnexpectedExit: ({ message }) => note({ kind: 'exit', message }),
  });
  const postbox = new Postbox(stack.site, note);
  const pages = new Load(stack, { users: 0 });
  const talkers = new Talkers(stack, users, note);
  const heaps = new LiveHeaps();
  const looker = { heaps, note };
  try {
    const rest = resting(stack, { talkers, postbox, note, abort });
    await rest();
    await look(stack, 'start', looker);
    say(`${users} people are talking; the run ends with what is broken in ${Math.round(forMs / 1_000)} s`);
    const draw = shuffled(faults, chance(seed));
    const deadline = performance.now() + forMs;
    for (let turn = 1; performance.now() < deadline; turn += 1) {
      await breakAndHeal({ stack, fault: draw(), turn, postbox, say, abort, ...context });
      await rest();
      await look(stack, 'rest', looker);
    }
    await talkers.finish(allowanceMs);
    note({ kind: 'stored', ids: await storedIds(stack) });
    await look(stack, 'end', looker);
  } finally {
    pages.stop();
    talkers.close();
    heaps.close();
    await stack.stop();
  }
}

async function breakAndHeal(
  props: Context & {
    readonly stack: Stack;
    readonly fault: Fault;
    readonly turn: number;
    readonly postbox: Postbox;
    readonly say: (line: string) => void;
    readonly abort: AbortSignal;
  },
): Promise<void> {
  const { stack, fault, turn, postbox, say, abort, note, catalogued, compression } = props;
  const expected = fault.alerts.map((alert) => expectationOf(alert, catalogued, compression));
  const due = expected.flatMap(dueTo);
  const patience = Math.max(...expected.map(({ latest }) => latest)) + allowanceMs;
  const began = new Date();
  const since = (): string => `${((Date.now() - began.getTime()) / 1_000).toFixed(1)} s`;
  say(`${turn}. ${fault.name}: this ${fault.does}; due: ${fault.alerts.join(', ')}`);
  // What the model lets a cause mute may fire because of it, and nobody may be told.
  const muted = [...(fault.muted ?? []), ...expected.flatMap(({ mutes }) => mutes)];
  note({ kind: 'broken', fault: fault.name, alerts: fault.alerts, muted, due }, began);
  let heal: Heal | undefined;
  try {
    heal = await fault.inject(stack);
    // #ops is in the chat room, which may be what is broken: it is looked into when that is over.
    const reachable = due.filter(({ to }) => !to.startsWith('webhook'));
    const told = await untilTold(postbox, reachable, 'firing', began, patience, abort);
    say(`   ${told ? 'told' : 'NOT told'} after ${since()}`);
  } finally {
    await heal?.();
    note({ kind: 'healed', fault: fault.name });
  }
  const over = await untilTold(postbox, due, 'resolved', began, patience, abort);
  say(`   ${over ? 'told that it is over' : 'NOT told that it is over'} after ${since()}`);
}

function dueTo({ alert, deliveries }: Expectation): readonly Due[] {
  return deliveries.map((delivery) => ({ alert, to: addresseeOf(delivery) }));
}

/** Whether everybody was told in time; who was not is for the account to say. */
async function untilTold(
  postbox: Postbox,
  due: readonly Due[],
  state: 'firing' | 'resolved',
  since: Date,
  patienceMs: number,
  abort: AbortSignal,
): Promise<boolean> {
  const deadline = performance.now() + patienceMs;
  const told = ({ alert, to }: Due): boolean =>
    postbox.notices.some(
      (notice) => notice.at >= since.getTime() && notice.to === to && notice[state].includes(alert),
    );
  for (;;) {
    await postbox.look();
    if (due.every(told)) return true;
    if (performance.now() > deadline) return false;
    abort.throwIfAborted();
    await sleep(300);
  }
}

/** Waits for the stack to come to rest, and notes what has fired since it last did. */
function resting(
  stack: Stack,
  props: {
    readonly talkers: Talkers;
    readonly postbox: Postbox;
    readonly note: Note;
    readonly abort: AbortSignal;
  },
): () => Promise<void> {
  const { talkers, postbox, note, abort } = props;
  let since = Date.now();
  return async () => {
    await untilCalm({ stack, objection: () => talkers.missing, calmMs, patienceMs: calmPatienceMs, abort });
    await postbox.look();
    const lasted = Math.ceil((Date.now() - since) / 1_000);
    since = Date.now();
    const ever = await query(
      stack.site,
      `count by (alertname) (last_over_time(ALERTS{alertstate="firing", severity!="none"}[${lasted}s]))`,
    );
    note({ kind: 'rested', fired: ever.map(({ labels }) => labels['alertname'] ?? '').sort() });
  };
}

/** Looks at every program of this repository, and at the soak itself. */
async function look(
  stack: Stack,
  moment: EventOf<'usage'>['moment'],
  { heaps, note }: { readonly heaps: LiveHeaps; readonly note: Note },
): Promise<void> {
  const { site } = stack;
  const connections = await byInstance(site, 'chatroom_websocket_connections_active');
  for (const { name, ports } of ourComponents(stack)) {
    const program = stack.process(name);
    const { pid = 0 } = program;
    const liveHeapBytes = await heaps.liveBytes(program);
    const [instance] = ports.map((port) => `127.0.0.1:${site.ports[port]}`);
    note({
      kind: 'usage',
      process: name,
      pid,
      moment,
      usage: processUsage(pid),
      connections: connections.get(instance ?? '') ?? 0,
      liveHeapBytes,
    });
  }
  const { pid } = process;
  const liveHeapBytes = await ownLiveBytes();
  note({ kind: 'usage', process: itself, pid, moment, usage: processUsage(pid), liveHeapBytes });
}

/** A new one cannot be forgotten: whatever runs code of this repository is looked at. */
export function ourComponents({ components, site }: Pick<Stack, 'components' | 'site'>): Stack['components'] {
  return components.filter((each) => isOurOwn(each.command(site)));
}

async function byInstance(site: Site, promql: string): Promise<ReadonlyMap<string, number>> {
  const samples = await query(site, promql);
  return new Map(samples.map(({ labels, value }) => [labels['instance'] ?? '', value]));
}

/** Draws every fault once, in an order of chance, before any comes again. */
function shuffled(faults: readonly Fault[], die: () => number): () => Fault {
  let left: Fault[] = [];
  return () => {
    if (left.length === 0) left = [...faults];
    const [drawn] = left.splice(Math.floor(die() * left.length), 1);
    if (!drawn) throw new Error('there is nothing to break; choose at least one fault');
    return drawn;
  };
}
