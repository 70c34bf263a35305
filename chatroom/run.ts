import type { Logger } from 'pino';
import type { StopTracing } from './tracing';

export interface Runnable {
  start(): Promise<string>;
  stop(): Promise<void>;
}

export interface RunProps {
  readonly log: Logger;
  readonly stopTracing: StopTracing;
  readonly countException: () => void;
  /** How long stopping may take; what is not finished by then was not acknowledged to anybody either. */
  readonly stopWithinSeconds: number;
}

/** What a process has to stop with, beside the time that it gives its clients to leave. */
export const stopSeconds = 10;

/**
 * Runs a process until it is told to go: SIGTERM or SIGINT stop it in order and it exits with 0; an exception that
 * nobody caught does the same and exits with 1, because nobody knows what state it left behind. One that cannot stop
 * in time exits with 1, too: it would otherwise stay, alive and of no use, and nothing would start it again.
 */
export async function run(service: Runnable, props: RunProps): Promise<void> {
  const { log, stopTracing, countException, stopWithinSeconds } = props;
  let leaving = false;

  const leave = async (why: string, code: number): Promise<void> => {
    if (leaving) return;
    leaving = true;
    log.info({ why }, 'stopping');
    setTimeout(() => {
      log.fatal({ stopWithinSeconds }, 'could not stop in time');
      process.exit(1);
    }, stopWithinSeconds * 1_000);
    try {
      await service.stop();
      await stopTracing();
    } catch (error) {
      log.error({ err: error }, 'could not stop in order');
      code = 1;
    }
    log.info({ code }, 'stopped');
    process.exit(code);
  };

  process.on('SIGTERM', () => void leave('SIGTERM', 0));
  process.on('SIGINT', () => void leave('SIGINT', 0));
  process.on('uncaughtException', (error) => {
    countException();
    log.fatal({ err: error }, 'an exception that nobody caught');
    void leave('uncaught exception', 1);
  });
  process.on('unhandledRejection', (error) => {
    countException();
    log.error({ err: error }, 'a rejection that nobody handled');
  });

  try {
    log.info({ address: await service.start() }, 'listening');
  } catch (error) {
    log.fatal({ err: error }, 'could not start');
    process.exit(1);
  }
}
