import { setTimeout as sleep } from 'node:timers/promises';
import { LatencyHistogram } from '../../measure/latency-histogram';
import type { Crowd } from './crowd';

export interface PaceProps {
  readonly crowd: Crowd;
  readonly messagesPerSecond: number;
  readonly seconds: number;
  /** How long the last messages may take to reach everybody. @default 10000 */
  readonly patienceMs?: number;
}

/**
 * Sends at a steady pace, whether or not the server keeps up, and measures every delivery from the moment at which
 * its message was due: a server that stalls is charged for those that had to wait, too.
 */
export async function pace(props: PaceProps): Promise<LatencyHistogram> {
  const { crowd, messagesPerSecond, seconds, patienceMs = 10_000 } = props;
  const latencies = new LatencyHistogram();
  const due = new Map<number, number>();
  crowd.delivered = (index) => {
    const since = due.get(index);
    if (since !== undefined) latencies.add(performance.now() - since);
  };
  const count = Math.max(1, Math.round(messagesPerSecond * seconds));
  const began = performance.now() + 50;
  for (let turn = 0; turn < count; turn += 1) {
    const at = began + (turn * 1_000) / messagesPerSecond;
    const early = at - performance.now();
    if (early > 0) await crowd.within(sleep(early));
    due.set(crowd.send(), at);
  }
  const deadline = performance.now() + patienceMs;
  while (latencies.count < count * crowd.size) {
    if (performance.now() > deadline) {
      throw new Error(
        `${count * crowd.size - latencies.count} of ${count * crowd.size} deliveries are missing`,
      );
    }
    await crowd.within(sleep(20));
  }
  return latencies;
}
