import { z } from 'zod';

/** One series: its labels, and what it was at each time. Times are in milliseconds, gaps are left out. */
export interface Series {
  readonly labels: Readonly<Record<string, string>>;
  readonly points: readonly (readonly [time: number, value: number])[];
}

/** What a picture needs of Prometheus. */
export interface Source {
  /** What a query gives at a time. */
  at(expr: string, time: number): Promise<readonly Series[]>;
  /** What a query gives from one time to another, both included, every `step` milliseconds. */
  over(expr: string, window: TimeWindow): Promise<readonly Series[]>;
}

/** A stretch of time and how finely it is looked at, in milliseconds. */
export interface TimeWindow {
  readonly start: number;
  readonly end: number;
  readonly step: number;
}

/** Prometheus did not answer a query, or not with what a query is answered with. */
export class QueryFailedError extends Error {
  override readonly name = 'QueryFailedError';

  constructor(expr: string, url: string, reason: string, options?: ErrorOptions) {
    super(`${url} did not answer "${expr}": ${reason}`, options);
  }
}

const sample = z.tuple([z.number(), z.string()]);
const labels = z.record(z.string(), z.string());
const answer = z.discriminatedUnion('resultType', [
  z.object({
    resultType: z.literal('vector'),
    result: z.array(z.object({ metric: labels, value: sample })),
  }),
  z.object({
    resultType: z.literal('matrix'),
    result: z.array(z.object({ metric: labels, values: z.array(sample) })),
  }),
  z.object({ resultType: z.literal('scalar'), result: sample }),
]);
const body = z.union([
  z.object({ status: z.literal('success'), data: answer }),
  z.object({ status: z.literal('error'), error: z.string() }),
]);

/** Asks a Prometheus over HTTP. */
export class Prometheus implements Source {
  readonly #base: URL;

  /** @param url such as `http://127.0.0.1:9090`; a path in front of the API is kept */
  constructor(
    url: string,
    private readonly timeoutMilliseconds = 30_000,
  ) {
    this.#base = new URL(url.endsWith('/') ? url : `${url}/`);
  }

  at(expr: string, time: number): Promise<readonly Series[]> {
    return this.#ask('query', expr, { time: seconds(time) });
  }

  over(expr: string, { start, end, step }: TimeWindow): Promise<readonly Series[]> {
    return this.#ask('query_range', expr, {
      start: seconds(start),
      end: seconds(end),
      step: seconds(step),
    });
  }

  async #ask(
    path: string,
    query: string,
    when: Readonly<Record<string, string>>,
  ): Promise<readonly Series[]> {
    const url = new URL(`api/v1/${path}`, this.#base);
    const failed = (reason: string, cause?: unknown) =>
      new QueryFailedError(query, this.#base.href, reason, { cause });
    const response = await fetch(url, {
      method: 'POST',
      body: new URLSearchParams({ query, ...when }),
      signal: AbortSignal.timeout(this.timeoutMilliseconds),
    }).catch((error: unknown) => {
      throw failed(
        error instanceof Error ? `${error.message}; is Prometheus running there?` : 'no answer',
        error,
      );
    });
    const text = await response.text();
    const parsed = body.safeParse(json(text));
    if (!parsed.success) throw failed(`HTTP ${response.status}, which is not Prometheus' API`, parsed.error);
    if (parsed.data.status === 'error') throw failed(parsed.data.error);
    return seriesOf(parsed.data.data);
  }
}

function seriesOf(data: z.infer<typeof answer>): readonly Series[] {
  switch (data.resultType) {
    case 'scalar':
      return [{ labels: {}, points: points([data.result]) }];
    case 'vector':
      return data.result.map(({ metric, value }) => ({ labels: metric, points: points([value]) }));
    case 'matrix':
      return data.result.map(({ metric, values }) => ({ labels: metric, points: points(values) }));
  }
}

/** NaN and Inf say that there was nothing to compute with: they are gaps. */
function points(samples: readonly z.infer<typeof sample>[]): [number, number][] {
  return samples
    .map(([time, value]): [number, number] => [Math.round(time * 1_000), Number(value)])
    .filter(([, value]) => Number.isFinite(value));
}

const seconds = (milliseconds: number) => String(milliseconds / 1_000);

function json(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
