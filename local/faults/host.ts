import { availableParallelism } from 'node:os';
import { ManagedProcess } from '../supervisor/managed-process';
import { fault } from './fault';

/** Filling the memory of the machine we run on would end more than the chat room, so the threshold comes down. */
export const memory = fault({
  name: 'memory',
  does: 'lowers the threshold of memory usage below what is in use',
  alerts: ['HighMemoryUsage'],
  inject: (stack) => stack.retune({ HighMemoryUsage: { threshold: 0 } }),
});

export const cpu = fault({
  name: 'cpu',
  does: 'keeps every processor busy, at the lowest priority',
  alerts: ['HighCPUUsage'],
  inject: async (stack) => {
    const burners = Array.from({ length: availableParallelism() }, (_, index) => {
      const name = `burner-${index + 1}`;
      return new ManagedProcess({
        name,
        command: () => ({
          program: '/usr/bin/nice',
          args: ['-n', '19', '/bin/sh', '-c', 'while :; do :; done'],
        }),
        ready: async () => true,
        logFile: stack.site.path('logs', `${name}.log`),
        ledger: stack.ledger,
        setpriv: stack.site.program('setpriv'),
      });
    });
    const rest = async (): Promise<void> => {
      await Promise.all(burners.map((burner) => burner.stop()));
    };
    stack.defer(rest);
    // A stack that was told to ignore a busy host, as those of the tests are, has to look at it now.
    const restore = await stack.retune({ HighCPUUsage: {} });
    await Promise.all(burners.map((burner) => burner.start()));
    return async () => {
      await rest();
      await restore();
    };
  },
});
