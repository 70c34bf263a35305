import { fault } from './fault';
import { chatroomSession } from './session';

/** Longer than any transaction of the chat room, whose statements are given up after four seconds. */
const seconds = 10;

export const longTransaction = fault({
  name: 'long-transaction',
  does: `leaves a transaction open, and calls ${seconds} seconds too long`,
  alerts: ['PostgreSQLLongTransaction'],
  inject: async (stack) => {
    const session = chatroomSession(stack);
    await session.connect();
    await session.query('begin');
    await session.query('select count(*) from rooms');
    const restore = await stack.retune({ PostgreSQLLongTransaction: { threshold: seconds } });
    return async () => {
      await session.end();
      await restore();
    };
  },
});
