import type { Stack } from '../stack';
import { chatterbox } from './chatterbox';
import { fault } from './fault';
import { chatroomSession } from './session';

const author = 'unlucky';
const add = `add constraint rehearsal check (author <> '${author}') not valid`;
const drop = 'drop constraint if exists rehearsal';

/** Twenty exceptions in five minutes are twice what is worth telling of. */
const everyMilliseconds = 300_000 / 20;

export const constraint = fault({
  name: 'constraint',
  does: 'lets PostgreSQL refuse whatever one person says, which nobody foresaw',
  alerts: ['ChatRoomExceptions'],
  inject: async (stack) => {
    const mend = (): Promise<void> => alterMessages(stack, drop);
    stack.defer(mend);
    await alterMessages(stack, `${drop}, ${add}`);
    // Where few people talk, what one of them says is much of it: that it is refused, and rolled back, are alerts too.
    const restore = await stack.retune({
      ChatRoomMessagesRefused: false,
      PostgreSQLHighRollbackRatio: false,
    });
    const stop = await chatterbox(stack, {
      name: author,
      text: 'Can anybody read me?',
      everyMilliseconds: everyMilliseconds / stack.compression.factor,
    });
    return async () => {
      await stop();
      await mend();
      await restore();
    };
  },
});

async function alterMessages(stack: Stack, how: string): Promise<void> {
  const session = chatroomSession(stack);
  await session.connect();
  try {
    await session.query(`alter table messages ${how}`);
  } finally {
    await session.end();
  }
}
