import { buildWebhook } from './build-webhook';
import { createLog } from './log';
import { run, stopSeconds } from './run';
import { readWebhookSettings } from './settings';
import { SettingsError } from './settings-error';
import { startTracing } from './tracing';

/** The entry of the alert webhook: environment -> settings -> webhook -> run. */
async function main(): Promise<void> {
  const settings = readWebhookSettings(process.env);
  const log = createLog('chatroom-webhook', settings.logLevel);
  const stopTracing = await startTracing('chatroom-webhook', settings.otlpEndpoint);
  const webhook = buildWebhook(settings, log);
  await run(webhook, {
    log,
    stopTracing,
    countException: () => webhook.metrics.exception('process'),
    stopWithinSeconds: stopSeconds,
  });
}

main().catch((error: unknown) => {
  console.error(error instanceof SettingsError ? error.message : error);
  process.exit(1);
});
