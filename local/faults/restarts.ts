import { query } from '../observe/prometheus';
import { fault } from './fault';
import { untilSeen } from './until-seen';

/** One more than the alert forgives. */
const times = 3;

export const restarts = fault({
  name: 'restarts',
  does: `kills the second replica ${times} times, and starts it each time`,
  alerts: ['NodejsProcessRestarting'],
  inject: async (stack) => {
    const { site } = stack;
    const started = `process_start_time_seconds{instance="127.0.0.1:${site.ports['chat-2']}"}`;
    // On a busy machine it may be away for as long as a replica that is down.
    const restore = await stack.retune({ ChatRoomServerDown: false });
    for (let count = 0; count < times; count += 1) {
      const [before] = await query(site, started);
      await stack.process('chat-2').crash();
      await stack.restart('chat-2');
      // A start that nobody has scraped is one that nobody knows of.
      await untilSeen(site, 'the second replica start', `${started} != ${before?.value ?? 0}`);
    }
    return restore;
  },
});
