import { parseArgs } from 'node:util';
import { parseTime } from './record';

/** What the command was asked cannot be done; the message says what it takes. */
export class UsageError extends Error {
  override readonly name = 'UsageError';
}

export interface Arguments {
  readonly prometheus: string;
  readonly query: string;
  /** Seconds since 1970. */
  readonly start: number;
  readonly end: number;
  readonly stepSeconds: number;
  readonly kind: 'gauge' | 'counter';
  readonly falseAlarmsPerDay: number | undefined;
  readonly maxSeries: number;
  readonly chart: string | undefined;
  readonly json: boolean;
}

export const usage = `usage: npm run -s anomaly -- --prometheus URL --query PROMQL [options]

  --prometheus URL            where Prometheus listens, e.g. http://localhost:9090
  --query PROMQL              the series to judge
  --end TIME                  ISO 8601 or seconds since 1970            (default: now)
  --days DAYS                 how much past to read and learn from      (default: 14)
  --step SECONDS              time between two samples                  (default: 60)
  --kind gauge|counter        a counter is judged by its rate           (default: gauge)
  --false-alarms-per-day N    that a healthy series may raise           (default: 1/30)
  --max-series N              refuse queries with more                  (default: 50)
  --chart FILE.svg            draw series, expected band and anomalies
  --json                      one JSON object a series instead of text
`;

/** @throws UsageError naming the option, its value, and what it takes. */
export function parseArguments(argv: readonly string[], now: number): Arguments {
  const { values } = read(argv);
  const end = values.end === undefined ? now : parseTime(values.end);
  if (end === undefined) throw new UsageError(`--end ${values.end} is no time; give 2026-01-31T12:00:00Z.`);
  const days = positive('--days', values.days ?? '14');
  const stepSeconds = positive('--step', values.step ?? '60');
  const kind = values.kind ?? 'gauge';
  if (kind !== 'gauge' && kind !== 'counter') {
    throw new UsageError(`--kind ${kind} is unknown; give gauge or counter.`);
  }
  const rate = values['false-alarms-per-day'];
  const alignedEnd = Math.floor(end / 1000 / stepSeconds) * stepSeconds;
  return {
    prometheus: required('--prometheus', values.prometheus),
    query: required('--query', values.query),
    start: alignedEnd - Math.floor((days * 86_400) / stepSeconds) * stepSeconds,
    end: alignedEnd,
    stepSeconds,
    kind,
    falseAlarmsPerDay: rate === undefined ? undefined : positive('--false-alarms-per-day', rate),
    maxSeries: positive('--max-series', values['max-series'] ?? '50'),
    chart: values.chart,
    json: values.json ?? false,
  };
}

function read(argv: readonly string[]) {
  try {
    return parseArgs({
      args: [...argv],
      options: {
        prometheus: { type: 'string' },
        query: { type: 'string' },
        end: { type: 'string' },
        days: { type: 'string' },
        step: { type: 'string' },
        kind: { type: 'string' },
        'false-alarms-per-day': { type: 'string' },
        'max-series': { type: 'string' },
        chart: { type: 'string' },
        json: { type: 'boolean' },
      },
    });
  } catch (error) {
    throw new UsageError(error instanceof Error ? error.message : String(error));
  }
}

function required(name: string, value: string | undefined): string {
  if (!value) throw new UsageError(`${name} is missing.`);
  return value;
}

function positive(name: string, text: string): number {
  const value = Number(text);
  if (!(value > 0 && Number.isFinite(value))) throw new UsageError(`${name} ${text} is no positive number.`);
  return value;
}
