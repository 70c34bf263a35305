import { chatroomRole } from '../components/postgresql';
import type { Stack } from '../stack';
import { fault } from './fault';
import { chatroomSession } from './session';

export const refusedMessages = fault({
  name: 'refused-messages',
  does: 'lets nobody write messages in PostgreSQL, which answers all else',
  alerts: ['ChatRoomMessagesRefused'],
  muted: ['ChatRoomExceptions'],
  needsLoad: true,
  inject: async (stack) => {
    // An owner may take rights from itself, and give them back.
    const grant = (): Promise<void> => say(stack, `grant insert on messages to ${chatroomRole}`);
    stack.defer(grant);
    // Where few people talk, the exceptions are enough to tell somebody of before the refusals are, and what is rolled
    // back is an alert of its own.
    const restore = await stack.retune({
      ChatRoomExceptions: { for: '5m' },
      PostgreSQLHighRollbackRatio: false,
    });
    await say(stack, `revoke insert on messages from ${chatroomRole}`);
    return async () => {
      await grant();
      await restore();
    };
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
