import { z } from 'zod';
import { startExporter } from './exporter';

/** The entry of nginx-log-exporter: environment -> ports -> exporter. */

const port = (name: string, fallback: number) =>
  z
    .string(`${name} must be a port`)
    .default(String(fallback))
    .transform(Number)
    .refine((value) => Number.isInteger(value) && value >= 1 && value <= 65_535, {
      error: ({ input }) => `${name}: ${String(input)} is no port; set it to a whole number from 1 to 65535`,
    });

const settings = z.object({
  NGINX_LOG_EXPORTER_HOST: z.string().min(1).default('0.0.0.0'),
  NGINX_LOG_EXPORTER_PORT: port('NGINX_LOG_EXPORTER_PORT', 9117),
  NGINX_LOG_EXPORTER_SYSLOG_HOST: z.string().min(1).default('127.0.0.1'),
  NGINX_LOG_EXPORTER_SYSLOG_PORT: port('NGINX_LOG_EXPORTER_SYSLOG_PORT', 5514),
});

async function main(): Promise<void> {
  const read = settings.safeParse(process.env);
  if (!read.success) throw new Error(read.error.issues.map(({ message }) => message).join('\n'));
  const exporter = await startExporter({
    host: read.data.NGINX_LOG_EXPORTER_HOST,
    metricsPort: read.data.NGINX_LOG_EXPORTER_PORT,
    syslogHost: read.data.NGINX_LOG_EXPORTER_SYSLOG_HOST,
    syslogPort: read.data.NGINX_LOG_EXPORTER_SYSLOG_PORT,
  });
  for (const signal of ['SIGTERM', 'SIGINT'] as const) {
    process.once(signal, () => void exporter.close());
  }
}

main().catch((error: unknown) => {
  console.error(error instanceof Error ? error.message : error);
  process.exit(1);
});
