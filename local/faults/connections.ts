import { once } from 'node:events';
import { ChatClient } from '../../chatroom/client';
import { webSocketPath } from '../../chatroom/protocol/frames';
import { fault } from './fault';

/** More than the threshold of ChatRoomHighConcurrentConnections, which counts all replicas together. */
const crowd = 1_050;
const atOnce = 50;

export const connections = fault({
  name: 'connections',
  does: `opens ${crowd} WebSocket connections through nginx`,
  alerts: ['ChatRoomHighConcurrentConnections'],
  inject: async (stack) => {
    const url = stack.site.url('chatroom', webSocketPath).replace('http', 'ws');
    const guests: ChatClient[] = [];
    const leave = async (): Promise<void> => guests.splice(0).forEach((guest) => guest.close());
    stack.defer(leave);
    while (guests.length < crowd) {
      const arriving = Array.from({ length: Math.min(atOnce, crowd - guests.length) }, (_, index) => {
        return new ChatClient({ url, name: `guest-${guests.length + index}`, reads: false });
      });
      guests.push(...arriving);
      const welcomed = arriving.map((guest) =>
        once(guest, 'connected', { signal: AbortSignal.timeout(30_000) }),
      );
      arriving.forEach((guest) => guest.open());
      await Promise.all(welcomed);
    }
    return leave;
  },
});
