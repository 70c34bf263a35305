import type { Stack } from '../stack';
import type { Heal } from './fault';
import { repeat } from './repeat';
import { chatroomSession } from './session';

const pauseMilliseconds = 150;

/** Locks the messages in PostgreSQL again and again, with hardly a pause, until it is told to stop. */
export async function lockedMessages(
  stack: Stack,
  props: {
    /** `exclusive` holds up whoever writes, `access exclusive` whoever reads as well. */
    readonly mode: 'exclusive' | 'access exclusive';
    readonly seconds: number;
  },
): Promise<Heal> {
  const session = chatroomSession(stack);
  await session.connect();
  const stop = await repeat(stack, pauseMilliseconds, () =>
    session.query(
      `begin; lock table messages in ${props.mode} mode; select pg_sleep(${props.seconds}); commit`,
    ),
  );
  return async () => {
    await stop();
    await session.end();
  };
}
