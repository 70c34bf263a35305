import { chat2 } from '../components/chatroom';
import type { Site } from '../site';
import type { Stack } from '../stack';
import type { Command } from '../supervisor/command';
import { ManagedProcess } from '../supervisor/managed-process';
import type { Heal } from './fault';
import { untilSeen } from './until-seen';

export interface ReplacedReplica {
  readonly process: ManagedProcess;
  /** Ends it at once, and starts the second replica as it was. */
  readonly restore: Heal;
}

/**
 * Puts another in the place of the second replica: the same program, started otherwise.
 *
 * @throws ProcessFailedError when it does not start; the second replica is then as it was.
 */
export async function replacedReplica(
  stack: Stack,
  name: string,
  otherwise: (command: Command) => Command,
): Promise<ReplacedReplica> {
  const { site, ledger } = stack;
  // On a busy machine it may be away for as long as a replica that is down.
  const restore = await stack.retune({ ChatRoomServerDown: false });
  await stack.process('chat-2').stop();
  const process = new ManagedProcess({
    name,
    command: () => otherwise(chat2.command(site)),
    ready: () => chat2.ready(site),
    logFile: site.path('logs', `${name}.log`),
    ledger,
    setpriv: site.program('setpriv'),
  });
  // It is not asked to end: it might wait for everybody who is slow to leave.
  const end = (): Promise<void> => process.crash();
  stack.defer(end);
  const back = async (): Promise<void> => {
    await end();
    await stack.restart('chat-2');
    await untilScraped(site);
    await restore();
  };
  try {
    await process.start();
    await untilScraped(site);
  } catch (error) {
    await back();
    throw error;
  }
  return { process, restore: back };
}

function untilScraped(site: Site): Promise<void> {
  return untilSeen(site, 'the second replica', `up{instance="127.0.0.1:${site.ports['chat-2']}"} == 1`);
}
