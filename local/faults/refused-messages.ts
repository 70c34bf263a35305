import { chatroomRole } from '../components/postgresql';
import type { Stack } from '../stack';
import { fault } from './fault';
import { chatroomSession } from './session';

export const refusedMessages = fault({
  name: 'refused-messages',
  does: 'lets nobody write messages in PostgreSQL, which answers all else',
  alerts: ['ChatRoomMessagesRefused'],
  needsLoad: true,
  inject: async (stack) => {
    // An owner may take rights from itself, and give them back.
    const heal = (): Promise<void> => say(stack, `grant insert on messages to ${chatroomRole}`);
    stack.defer(heal);
    await say(stack, `revoke insert on messages from ${chatroomRole}`);
    return heal;
  },
});

/** In a session of its own: those that are open end with the stack, maybe before the right is given back. */
async function say(stack: Stack, statement: string): Promise<void> {
  const session = chatroomSession(stack);
  await session.connect();
  try {
    await session.query(statement);
  } finally {
    await session.end();
  }
}
