import { z } from 'zod';

/** Prometheus could not be asked, refused, or has nothing that could be judged. */
export class PrometheusError extends Error {
  override readonly name = 'PrometheusError';
}

/** One series of a range, with a value for each tick. */
export interface RangeSeries {
  readonly labels: Readonly<Record<string, string>>;
  /** Milliseconds, evenly spaced. */
  readonly times: readonly number[];
  /** NaN where the series had no value. */
  readonly values: readonly number[];
}

export interface RangeQuery {
  readonly url: string;
  readonly query: string;
  /** Seconds since 1970. */
  readonly start: number;
  readonly end: number;
  readonly stepSeconds: number;
  readonly maxSeries: number;
  /** @default 30 */
  readonly timeoutSeconds?: number;
}

/** Prometheus refuses ranges with more points a series. */
const pointsAtOnce = 10_000;

const answerSchema = z.discriminatedUnion('status', [
  z.object({
    status: z.literal('success'),
    data: z.object({
      resultType: z.literal('matrix'),
      result: z.array(
        z.object({
          metric: z.record(z.string(), z.string()),
          values: z.array(z.tuple([z.number(), z.string()])),
        }),
      ),
    }),
  }),
  z.object({ status: z.literal('error'), errorType: z.string(), error: z.string() }),
]);

/**
 * Reads a range, in as many requests as Prometheus needs.
 *
 * @throws PrometheusError when it cannot be reached, does not understand the query, or answers with no series or
 *   with more than `maxSeries`.
 */
export async function readRange(range: RangeQuery): Promise<RangeSeries[]> {
  const { start, end, stepSeconds, maxSeries, query } = range;
  const ticks = Math.floor((end - start) / stepSeconds) + 1;
  const found = new Map<string, { labels: Record<string, string>; values: number[] }>();
  for (let first = 0; first < ticks; first += pointsAtOnce) {
    const last = Math.min(ticks, first + pointsAtOnce) - 1;
    for (const { metric, values } of await ask(
      range,
      start + first * stepSeconds,
      start + last * stepSeconds,
    )) {
      const key = JSON.stringify(Object.entries(metric).sort());
      const series = found.get(key) ?? { labels: metric, values: new Array<number>(ticks).fill(NaN) };
      found.set(key, series);
      for (const [time, value] of values) {
        series.values[Math.round((time - start) / stepSeconds)] = numberOf(value);
      }
    }
    if (found.size > maxSeries) {
      throw new PrometheusError(
        `${query} gives ${found.size} series, more than the ${maxSeries} that are judged at once; ` +
          'narrow the selector, aggregate, or raise --max-series.',
      );
    }
  }
  if (found.size === 0) {
    throw new PrometheusError(
      `${query} gives no series between ${instant(start)} and ${instant(end)}; ` +
        'check its name and labels, and that the range lies within what Prometheus keeps.',
    );
  }
  const times = Array.from({ length: ticks }, (_, tick) => (start + tick * stepSeconds) * 1000);
  return [...found.values()].map((series) => ({ ...series, times }));
}

async function ask({ url, query, stepSeconds, timeoutSeconds = 30 }: RangeQuery, start: number, end: number) {
  const address = `${url.replace(/\/+$/, '')}/api/v1/query_range`;
  let response: Response;
  let body: string;
  try {
    response = await fetch(address, {
      method: 'POST',
      body: new URLSearchParams({ query, start: `${start}`, end: `${end}`, step: `${stepSeconds}` }),
      signal: AbortSignal.timeout(timeoutSeconds * 1000),
    });
    body = await response.text();
  } catch (error) {
    const cause = error instanceof Error ? (error.cause ?? error) : error;
    throw new PrometheusError(
      `Prometheus at ${url} does not answer (${cause instanceof Error ? cause.message || cause.name : String(cause)}); ` +
        'check --prometheus.',
      { cause: error },
    );
  }
  const answer = answerSchema.safeParse(parsed(body));
  if (!answer.success) {
    throw new PrometheusError(
      `${address} answers ${response.status} with something that is no answer of Prometheus ` +
        `("${body.slice(0, 80)}"); check --prometheus.`,
    );
  }
  if (answer.data.status === 'error') {
    throw new PrometheusError(`Prometheus refuses ${query}: ${answer.data.errorType}: ${answer.data.error}.`);
  }
  return answer.data.data.result;
}

function parsed(body: string): unknown {
  try {
    return JSON.parse(body);
  } catch {
    return undefined;
  }
}

/** Prometheus writes NaN, +Inf and -Inf. */
function numberOf(text: string): number {
  if (text === '+Inf') return Infinity;
  return text === '-Inf' ? -Infinity : Number(text);
}

function instant(seconds: number): string {
  return new Date(seconds * 1000).toISOString();
}

/** A series as Prometheus writes it: name{label="value"}. */
export function nameOf({ __name__: name = '', ...labels }: Readonly<Record<string, string>>): string {
  const pairs = Object.entries(labels).map(([label, value]) => `${label}=${JSON.stringify(value)}`);
  return pairs.length > 0 || name === '' ? `${name}{${pairs.join(', ')}}` : name;
}
