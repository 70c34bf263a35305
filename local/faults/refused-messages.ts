import { chatroomRole } from '../components/postgresql';
import type { Stack } from '../stack';
import { chatterbox } from './chatterbox';
import { fault } from './fault';
import { chatroomSession } from './session';

export const refusedMessages = fault({
  name: 'refused-messages',
  does: 'lets nobody write messages in PostgreSQL, which answers all else',
  alerts: ['ChatRoomMessagesRefused'],
  needsLoad: true,
  inject: async (stack) => {
    // An owner may take rights from itself, and give them back.
    const grant = (): Promise<void> => say(stack, `grant insert on messages to ${chatroomRole}`);
    stack.defer(grant);
    // Where few people talk, the exceptions may be enough to tell somebody of before the refusals are, and what is rolled
    // back is an alert of its own.
    const restore = await stack.retune({ ChatRoomExceptions: false, PostgreSQLHighRollbackRatio: false });
    // A refusal or two are no share of anything.
    const stopTalking = await chatterbox(stack, {
      name: 'chatterbox',
      text: 'And another thing.',
      everyMilliseconds: 300,
    });
    await say(stack, `revoke insert on messages from ${chatroomRole}`);
    return async () => {
      await grant();
      await stopTalking();
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
