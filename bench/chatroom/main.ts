import { parseArgs } from 'node:util';
import { postgresql } from '../../local/components/postgresql';
import { redis } from '../../local/components/redis';
import { requireDescriptors } from '../measure/descriptors';
import { Lab } from '../measure/lab';
import { commandOf } from '../measure/command';
import { load, machine } from '../measure/machine';
import { figure, writePage } from '../measure/page';
import { summaryOf } from '../measure/statistics';
import { compileContenders } from './compiled';
import { bare, chatroom, profileFolder } from './contenders';
import { chatroomPage, type SizeResult } from './page';
import { round, type Round } from './round';
import type { Turn } from './turn';

/** `npm run bench:chatroom`: the chat server and a bare `ws` broadcast server, side by side. */

const { values } = parseArgs({
  options: {
    connections: { type: 'string', default: '1000,5000' },
    rounds: { type: 'string', default: '3' },
    slices: { type: 'string', default: '3' },
    seconds: { type: 'string', default: '1' },
    'deliveries-per-second': { type: 'string', default: '30000' },
    /** Writes what the chat server spends its time on to build/profiles. */
    profile: { type: 'boolean', default: false },
    'no-page': { type: 'boolean', default: false },
  },
});
const sizes = values.connections.split(',').map((text) => positive('connections', text));
const rounds = positive('rounds', values.rounds);
const slices = positive('slices', values.slices);
const seconds = positive('seconds', values.seconds);
const deliveriesPerSecond = positive('deliveries-per-second', values['deliveries-per-second']);

async function main(): Promise<void> {
  // The generator holds both crowds.
  requireDescriptors(2 * Math.max(...sizes));
  const loadBefore = load();
  compileContenders();
  const results = await Lab.use('chatroom', async (lab) => {
    await Promise.all([lab.start(postgresql), lab.start(redis)]);
    const measured: SizeResult[] = [];
    for (const connections of sizes) measured.push(await atSize(lab, connections));
    return measured;
  });
  const page = chatroomPage({
    results,
    rounds,
    slices,
    seconds,
    deliveriesPerSecond,
    command: commandOf('chatroom'),
    machine: `${machine()}; load ${loadBefore.toFixed(1)} before the first round`,
    takenAt: new Date(),
  });
  if (!values['no-page']) console.log(`written: ${await writePage(page)}`);
}

async function atSize(lab: Lab, connections: number): Promise<SizeResult> {
  const measured: Round[] = [];
  for (let number = 1; number <= rounds; number += 1) {
    const result = await round({
      lab,
      connections,
      slices,
      seconds,
      deliveriesPerSecond,
      nodeFlags: values.profile ? ['--cpu-prof', `--cpu-prof-dir=${profileFolder}`] : [],
    });
    measured.push(result);
    console.log(`${connections} connections, round ${number}/${rounds}`);
    console.log(line(chatroom.name, result.ours));
    console.log(line(bare.name, result.theirs));
  }
  return { connections, rounds: measured };
}

function line(name: string, turn: Turn): string {
  const { busy, single, latency, liveBytesPerConnection, residentBytesPerConnection } = turn;
  const median = <T>(items: readonly T[], of: (item: T) => number, digits?: number) =>
    figure(summaryOf(items, of).median, digits);
  return [
    `  ${name.padEnd(11)}`,
    `busy ${median(busy, (one) => one.deliveriesPerSecond)}/s (${median(busy, (one) => one.messagesPerFrame, 1)} per frame, server ${median(busy, (one) => one.serverBusy)}, generator ${median(busy, (one) => one.generatorBusy)})`,
    `single ${median(single, (one) => one.deliveriesPerSecond)}/s (${median(single, (one) => one.serverMicrosecondsPerFrame, 1)} µs/frame, server ${median(single, (one) => one.serverBusy)}, generator ${median(single, (one) => one.generatorBusy)})`,
    `p50 ${median(latency, (one) => one.p50)} p99 ${median(latency, (one) => one.p99)} ms`,
    `${figure(liveBytesPerConnection / 1_024)} KiB/connection alive, ${figure(residentBytesPerConnection / 1_024)} resident`,
  ].join('; ');
}

function positive(name: string, text: string): number {
  const value = Number(text);
  if (Number.isInteger(value) && value > 0) return value;
  throw new Error(`--${name} ${text} cannot be; give whole numbers above 0`);
}

main().catch((error: unknown) => {
  console.error(error instanceof Error ? error.message : error);
  process.exitCode = 1;
});
