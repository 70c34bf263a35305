import { WebSocket } from 'ws';
import { subprotocol, webSocketPath } from '../../chatroom/protocol/frames';
import type { Stack } from '../stack';
import { signalGroup } from '../supervisor/signal-group';
import { fault } from './fault';
import { replacedReplica } from './replaced-replica';
import { untilSeen } from './until-seen';

/** As many as an alert needs, and more. */
const stayers = 12;

export const drain = fault({
  name: 'drain',
  does: `tells the second replica to end, while ${stayers} people will not leave it`,
  alerts: ['ChatRoomDrainStuck'],
  inject: async (stack) => {
    const { site } = stack;
    // It gives its people time, and then is gone, as one that is down would be.
    const { process, restore } = await replacedReplica(stack, 'chat-2-draining', (command) => ({
      ...command,
      env: { ...command.env, CHATROOM_DRAIN_SECONDS: String(drainSeconds(stack)) },
    }));
    for (let count = 1; count <= stayers; count += 1) await stay(stack, `stayer-${count}`);
    await untilSeen(
      site,
      'those who will stay',
      `chatroom_websocket_connections_active{instance="127.0.0.1:${site.ports['chat-2']}"} >= ${stayers}`,
    );
    if (process.pid !== undefined) signalGroup(process.pid, 'SIGTERM');
    return restore;
  },
});

/** How long it drains: its last quarter has to be seen at least once. */
function drainSeconds({ compression }: Stack): number {
  return Math.max(10, Math.ceil(60 / compression.factor));
}

/** Lets somebody in whose client pays no heed to being told to come back elsewhere. */
async function stay({ site }: Stack, name: string): Promise<void> {
  const socket = new WebSocket(site.url('chat-2', webSocketPath).replace('http', 'ws'), subprotocol);
  socket.on('error', () => undefined); // it is ended with its server
  await new Promise((resolve, reject) => socket.once('open', resolve).once('close', reject));
  socket.send(JSON.stringify({ type: 'hello', name }));
}
