import { buildServer } from './build-server';
import { createLog } from './log';
import { run, stopSeconds } from './run';
import { readServerSettings } from './settings';
import { SettingsError } from './settings-error';
import { startTracing } from './tracing';

/** The entry of the chat server: environment -> settings -> server -> run. */
async function main(): Promise<void> {
  const settings = readServerSettings(process.env);
  const log = createLog('chatroom-server', settings.logLevel, settings.replica);
  const stopTracing = await startTracing('chatroom-server', settings.otlpEndpoint);
  const server = buildServer(settings, log);
  await run(server, {
    log,
    stopTracing,
    countException: () => server.metrics.exception('process'),
    stopWithinSeconds: settings.drainSeconds + stopSeconds,
  });
}

main().catch((error: unknown) => {
  console.error(error instanceof SettingsError ? error.message : error);
  process.exit(1);
});
