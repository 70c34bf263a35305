import { setTimeout as sleep } from 'node:timers/promises';
import { signalGroup } from '../supervisor/signal-group';
import { fault } from './fault';
import { repeat } from './repeat';

/** Short of what anything takes for a process that is gone, and several times as long as a timer may be late. */
const standsMilliseconds = 330;
const goesMilliseconds = 110;

export const stutter = fault({
  name: 'stutter',
  does: 'stops the second replica for a third of a second, twice a second',
  alerts: ['NodejsEventLoopLagging'],
  inject: async (stack) => {
    const tell = (signal: 'SIGSTOP' | 'SIGCONT'): void => {
      const { pid } = stack.process('chat-2');
      if (pid === undefined) throw new Error('the second replica does not run');
      signalGroup(pid, signal);
    };
    // A stack that was told to ignore what a busy machine does to timers, as those of the tests are, has to look now.
    const restore = await stack.retune({ NodejsEventLoopLagging: {} });
    const stop = await repeat(stack, goesMilliseconds, async () => {
      tell('SIGSTOP');
      try {
        await sleep(standsMilliseconds);
      } finally {
        tell('SIGCONT');
      }
    });
    return async () => {
      await stop();
      await restore();
    };
  },
});
