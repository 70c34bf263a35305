import { setTimeout as sleep } from 'node:timers/promises';
import { processUsage } from '../../../soak/process-usage';
import type { Crowd } from './crowd';

export interface SaturateProps {
  readonly crowd: Crowd;
  readonly serverPid: number;
  /** Messages that are on their way at a time; the next is sent when one has reached everybody. */
  readonly inFlight: number;
  readonly seconds: number;
  /** How long the last messages may take to reach everybody. @default 10000 */
  readonly patienceMs?: number;
}

/** What a server gave out while it was asked for as much as it could. */
export interface Throughput {
  /** Messages that reached one connection each, per second: a message to 1,000 connections counts 1,000. */
  readonly deliveriesPerSecond: number;
  /** A frame may hold several messages. */
  readonly messagesPerFrame: number;
  /** Processor time of the server for one frame to one connection. */
  readonly serverMicrosecondsPerFrame: number;
  /** Share of one processor that each side used; a generator near 1 was itself the limit. */
  readonly serverBusy: number;
  readonly generatorBusy: number;
}

const warmUpShare = 0.25;

/** Keeps a number of messages on their way and counts what arrives. */
export async function saturate(props: SaturateProps): Promise<Throughput> {
  const { crowd, serverPid, inFlight, seconds, patienceMs = 10_000 } = props;
  const reached = new Map<number, number>();
  let running = true;
  let deliveries = 0;
  crowd.delivered = (index) => {
    deliveries += 1;
    const count = (reached.get(index) ?? 0) + 1;
    reached.set(index, count);
    if (count < crowd.size) return;
    reached.delete(index);
    if (running) crowd.send();
  };
  for (let i = 0; i < inFlight; i += 1) crowd.send();
  await crowd.within(sleep(seconds * warmUpShare * 1_000));

  const before = snapshot(crowd, serverPid, deliveries);
  await crowd.within(sleep(seconds * 1_000));
  const after = snapshot(crowd, serverPid, deliveries);
  running = false;
  await crowd.within(settled(reached, patienceMs));

  const elapsed = (after.at - before.at) / 1_000;
  const frames = after.frames - before.frames;
  const serverSeconds = after.serverSeconds - before.serverSeconds;
  return {
    deliveriesPerSecond: (after.deliveries - before.deliveries) / elapsed,
    messagesPerFrame: (after.deliveries - before.deliveries) / frames,
    serverMicrosecondsPerFrame: (serverSeconds * 1e6) / frames,
    serverBusy: serverSeconds / elapsed,
    generatorBusy: (after.generatorSeconds - before.generatorSeconds) / elapsed,
  };
}

function snapshot(crowd: Crowd, serverPid: number, deliveries: number) {
  const { user, system } = process.cpuUsage();
  return {
    at: performance.now(),
    deliveries,
    frames: crowd.frames,
    serverSeconds: processUsage(serverPid)?.cpuSeconds ?? Number.NaN,
    generatorSeconds: (user + system) / 1e6,
  };
}

/** Every message must reach everybody: one that does not is a defect of the server, not a slow one. */
async function settled(reached: ReadonlyMap<number, number>, patienceMs: number): Promise<void> {
  const deadline = performance.now() + patienceMs;
  while (reached.size > 0) {
    if (performance.now() > deadline) {
      const [[index, count] = []] = reached;
      throw new Error(
        `${reached.size} messages did not reach everybody once; number ${index} reached ${count}`,
      );
    }
    await sleep(20);
  }
}
