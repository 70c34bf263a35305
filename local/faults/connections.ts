import { query } from '../observe/prometheus';
import { fault } from './fault';
import { guests } from './guests';

/** Few enough to be no mass loss when they go, which is an alert of its own: the threshold comes down to them. */
const crowd = 20;

export const connections = fault({
  name: 'connections',
  does: `lets ${crowd} more people in, and lowers the threshold below that`,
  alerts: ['ChatRoomHighConcurrentConnections'],
  inject: async (stack) => {
    const [present] = await query(stack.site, 'sum(chatroom_websocket_connections_active)');
    const threshold = (present?.value ?? 0) + crowd / 2;
    const restore = await stack.retune({ ChatRoomHighConcurrentConnections: { threshold } });
    const leave = await guests(stack, 'guest', crowd);
    return async () => {
      await leave();
      await restore();
    };
  },
});
