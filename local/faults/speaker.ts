import { once } from 'node:events';
import { ChatClient } from '../../chatroom/client';
import { webSocketPath } from '../../chatroom/protocol/frames';
import type { Stack } from '../stack';

/** Lets somebody in who is in a room and may say something there. It leaves with the stack at the latest. */
export async function speaker(stack: Stack, name: string, room: string): Promise<ChatClient> {
  const url = stack.site.url('chatroom', webSocketPath).replace('http', 'ws');
  const client = new ChatClient({ url, name, reads: false });
  stack.defer(async () => client.close());
  client.join(room);
  const entered = once(client, 'joined', { signal: AbortSignal.timeout(30_000) });
  client.open();
  await entered;
  return client;
}
