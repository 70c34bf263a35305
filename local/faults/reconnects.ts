import { once } from 'node:events';
import { ChatClient } from '../../chatroom/client';
import { webSocketPath } from '../../chatroom/protocol/frames';
import { fault } from './fault';
import { repeat } from './repeat';

export const reconnects = fault({
  name: 'reconnects',
  does: 'lets clients come and go at once, several a second',
  alerts: ['ChatRoomReconnectStorm'],
  inject: async (stack) => {
    const url = stack.site.url('chatroom', webSocketPath).replace('http', 'ws');
    let count = 0;
    const visit = async (): Promise<void> => {
      const client = new ChatClient({ url, name: `restless-${(count += 1)}`, reads: false });
      try {
        client.open();
        await once(client, 'connected', { signal: AbortSignal.timeout(5_000) });
      } finally {
        client.close();
      }
    };
    return repeat(stack, 400, () => Promise.all([visit(), visit(), visit()]));
  },
});
