import { readdirSync } from 'node:fs';
import type { Stack } from '../stack';
import { ProcessFailedError } from '../supervisor/managed-process';
import { fault } from './fault';
import { idleConnections } from './idle-connections';
import { replacedReplica, type ReplacedReplica } from './replaced-replica';

const files = 256;
const filesInUse = Math.floor(0.9 * files);
/** In MiB, from what should be just enough for it to start. */
const heaps = [44, 48, 52, 56] as const;
/** Lower than in truth, because it takes a little more to start than to go on. */
const heapPercent = 65;

export const cramped = fault({
  name: 'cramped',
  does: `starts the second replica with hardly enough memory and ${files} files, and uses both up`,
  alerts: ['NodejsHeapNearLimit', 'NodejsFileDescriptorsNearLimit'],
  inject: async (stack) => {
    const { process, restore } = await crampedReplica(stack);
    const close = await idleConnections(
      stack,
      stack.site.ports['chat-2'],
      () => filesInUse - readdirSync(`/proc/${process.pid}/fd`).length,
    );
    const forget = await stack.retune({ NodejsHeapNearLimit: { threshold: heapPercent } });
    return async () => {
      await close();
      await restore();
      await forget();
    };
  },
});

/** With the smallest of the heaps with which it starts. */
async function crampedReplica(stack: Stack): Promise<ReplacedReplica> {
  let failure: unknown;
  for (const heap of heaps) {
    try {
      return await replacedReplica(stack, 'chat-2-cramped', ({ program, args, ...command }) => ({
        ...command,
        program: '/bin/sh',
        args: [
          ...['-c', `ulimit -n ${files}; exec "$0" "$@"`, program],
          ...[`--max-old-space-size=${heap}`, '--max-semi-space-size=1', ...args],
        ],
      }));
    } catch (error) {
      if (!(error instanceof ProcessFailedError)) throw error;
      failure = error;
    }
  }
  throw failure;
}
