import { once } from 'node:events';
import { setTimeout as sleep } from 'node:timers/promises';
import { ChatClient } from '../../chatroom/client';
import { webSocketPath } from '../../chatroom/protocol/frames';
import { query } from '../observe/prometheus';
import { fault } from './fault';

/**
 * Few and slow enough to be no reconnect storm when they come and no mass loss when they go, which are alerts of
 * their own: the threshold comes down to them instead.
 */
const crowd = 20;
const apartMilliseconds = 700;

export const connections = fault({
  name: 'connections',
  does: `lets ${crowd} more people in, and lowers the threshold below that`,
  alerts: ['ChatRoomHighConcurrentConnections'],
  inject: async (stack) => {
    const url = stack.site.url('chatroom', webSocketPath).replace('http', 'ws');
    const guests: ChatClient[] = [];
    const leave = async (): Promise<void> => guests.splice(0).forEach((guest) => guest.close());
    stack.defer(leave);
    const [present] = await query(stack.site, 'sum(chatroom_websocket_connections_active)');
    const threshold = (present?.value ?? 0) + crowd / 2;
    await stack.retune({ ChatRoomHighConcurrentConnections: { threshold } });
    for (let index = 0; index < crowd; index += 1) {
      const guest = new ChatClient({ url, name: `guest-${index + 1}`, reads: false });
      guests.push(guest);
      const welcomed = once(guest, 'connected', { signal: AbortSignal.timeout(30_000) });
      guest.open();
      await welcomed;
      await sleep(apartMilliseconds);
    }
    return async () => {
      await leave();
      await stack.retune();
    };
  },
});
