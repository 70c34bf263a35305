import { pino, type Logger } from 'pino';

/** JSON lines on standard output: time, level, service, message, and whatever belongs to it. */
export function createLog(service: string, level: string, replica?: string): Logger {
  return pino({
    level,
    base: { service, ...(replica && { replica }) },
    messageKey: 'message',
    timestamp: pino.stdTimeFunctions.isoTime,
    formatters: { level: (label) => ({ level: label }) },
    // A connection string that strays into a log line must not take its password along.
    redact: ['req.headers.authorization', '*.connectionString', '*.password'],
  });
}
