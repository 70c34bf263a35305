import { parseArgs } from 'node:util';
import { postgresql } from '../../local/components/postgresql';
import { redis } from '../../local/components/redis';
import { requireDescriptors } from '../measure/descriptors';
import { Lab } from '../measure/lab';
import { commandOf } from '../measure/command';
import { machine } from '../measure/machine';
import { figure, writePage } from '../measure/page';
import { bare, chatroom, contenders, profileFolder } from './contenders';
import { chatroomPage, type SizeResult } from './page';
import { turn, type Turn } from './turn';

/** `npm run bench:chatroom`: the chat server beside a bare `ws` broadcast server, taking turns. */

const { values } = parseArgs({
  options: {
    connections: { type: 'string', default: '1000,5000' },
    rounds: { type: 'string', default: '3' },
    seconds: { type: 'string', default: '2' },
    'deliveries-per-second': { type: 'string', default: '30000' },
    /** Writes what the chat server spends its time on to build/profiles. */
    profile: { type: 'boolean', default: false },
    'no-page': { type: 'boolean', default: false },
  },
});
const sizes = values.connections.split(',').map((text) => positive('connections', text));
const rounds = positive('rounds', values.rounds);
const seconds = positive('seconds', values.seconds);
const deliveriesPerSecond = positive('deliveries-per-second', values['deliveries-per-second']);

async function main(): Promise<void> {
  requireDescriptors(Math.max(...sizes));
  const results = await Lab.use('chatroom', async (lab) => {
    await Promise.all([lab.start(postgresql), lab.start(redis)]);
    const measured: SizeResult[] = [];
    for (const connections of sizes) measured.push(await atSize(lab, connections));
    return measured;
  });
  const page = chatroomPage({
    results,
    rounds,
    seconds,
    deliveriesPerSecond,
    command: commandOf('chatroom'),
    machine: machine(),
    takenAt: new Date(),
  });
  if (!values['no-page']) console.log(`written: ${await writePage(page)}`);
}

async function atSize(lab: Lab, connections: number): Promise<SizeResult> {
  const ours: Turn[] = [];
  const theirs: Turn[] = [];
  for (let round = 1; round <= rounds; round += 1) {
    for (const contender of contenders) {
      const result = await turn({
        lab,
        contender,
        connections,
        seconds,
        deliveriesPerSecond,
        scrape: contender === chatroom,
        nodeFlags:
          values.profile && contender === chatroom ? ['--cpu-prof', `--cpu-prof-dir=${profileFolder}`] : [],
      });
      (contender === bare ? theirs : ours).push(result);
      console.log(line(connections, round, contender.name, result));
    }
  }
  return { connections, ours, theirs };
}

function line(connections: number, round: number, name: string, result: Turn): string {
  const { busy, single, p50, p99, bytesPerConnection } = result;
  return [
    `${connections} connections, round ${round}/${rounds}, ${name.padEnd(11)}`,
    `busy ${figure(busy.deliveriesPerSecond)}/s (${figure(busy.messagesPerFrame, 1)} per frame, server ${figure(busy.serverBusy)}, generator ${figure(busy.generatorBusy)})`,
    `single ${figure(single.deliveriesPerSecond)}/s (${figure(single.serverMicrosecondsPerFrame, 1)} µs/frame, server ${figure(single.serverBusy)}, generator ${figure(single.generatorBusy)})`,
    `p50 ${figure(p50)} p99 ${figure(p99)} ms`,
    `${figure(bytesPerConnection / 1_024)} KiB/connection`,
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
