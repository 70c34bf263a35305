import { WebSocket } from 'ws';
import { subprotocol, webSocketPath } from '../../chatroom/protocol/frames';
import { chat2 } from '../components/chatroom';
import type { Stack } from '../stack';
import { ManagedProcess } from '../supervisor/managed-process';
import { signalGroup } from '../supervisor/signal-group';
import { fault } from './fault';
import { untilSeen } from './until-seen';

/** As many as an alert needs, and more. */
const stayers = 12;

export const drain = fault({
  name: 'drain',
  does: `tells the second replica to end, while ${stayers} people will not leave it`,
  alerts: ['ChatRoomDrainStuck'],
  inject: async (stack) => {
    // It is replaced by one that gives its people time, and then is gone, as one that is down would be.
    const restore = await stack.retune({ ChatRoomServerDown: false });
    await stack.process('chat-2').stop();
    const patient = patientReplica(stack);
    // It would wait for everybody who is slow to leave.
    const end = (): Promise<void> => patient.crash();
    stack.defer(end);
    await patient.start();
    for (let count = 1; count <= stayers; count += 1) await stay(stack, `stayer-${count}`);
    await untilScraped(stack);
    if (patient.pid !== undefined) signalGroup(patient.pid, 'SIGTERM');
    return async () => {
      await end();
      await stack.restart('chat-2');
      await untilScraped(stack);
      await restore();
    };
  },
});

/** How long it drains: its last quarter has to be seen at least once. */
function drainSeconds({ compression }: Stack): number {
  return Math.max(10, Math.ceil(60 / compression.factor));
}

function patientReplica(stack: Stack): ManagedProcess {
  const { site, ledger } = stack;
  const command = chat2.command(site);
  const env = { ...command.env, CHATROOM_DRAIN_SECONDS: String(drainSeconds(stack)) };
  return new ManagedProcess({
    name: 'chat-2-draining',
    command: () => ({ ...command, env }),
    ready: () => chat2.ready(site),
    logFile: site.path('logs', 'chat-2-draining.log'),
    ledger,
    setpriv: site.program('setpriv'),
  });
}

/** Lets somebody in whose client pays no heed to being told to come back elsewhere. */
async function stay({ site }: Stack, name: string): Promise<void> {
  const socket = new WebSocket(site.url('chat-2', webSocketPath).replace('http', 'ws'), subprotocol);
  socket.on('error', () => undefined); // it is ended with its server
  await new Promise((resolve, reject) => socket.once('open', resolve).once('close', reject));
  socket.send(JSON.stringify({ type: 'hello', name }));
}

function untilScraped({ site }: Stack): Promise<void> {
  return untilSeen(site, 'the second replica', `up{instance="127.0.0.1:${site.ports['chat-2']}"} == 1`);
}
