import type { Fault } from './fault';
import type { LoadShape } from './load';
import { randomFrom } from './random';

const day = 86_400_000;

/** A Monday, 00:00 UTC. */
const beginning = Date.UTC(2026, 0, 5);

export interface GeneratedSeries {
  /** Milliseconds. */
  readonly times: readonly number[];
  /** NaN where there is no sample. */
  readonly values: readonly number[];
  /** First and last sample with the fault, both inside; undefined on a healthy series. */
  readonly faulty: readonly [first: number, last: number] | undefined;
}

export interface Span {
  readonly days: number;
  readonly intervalSeconds: number;
  readonly seed: number;
}

/** A series on which nothing is wrong. */
export function healthySeries(shape: LoadShape, { days, intervalSeconds, seed }: Span): GeneratedSeries {
  const next = shape.start(randomFrom(seed));
  const count = Math.floor((days * day) / (intervalSeconds * 1000));
  const times = Array.from({ length: count }, (_, index) => beginning + index * intervalSeconds * 1000);
  return { times, values: times.map(next), faulty: undefined };
}

/** The same series with one fault in it, that starts at the given day. */
export function faultySeries(
  shape: LoadShape,
  fault: Fault,
  span: Span & { readonly from: number },
): GeneratedSeries {
  const healthy = healthySeries(shape, span);
  const perDay = 86_400 / span.intervalSeconds;
  const start = Math.floor(span.from * perDay);
  const before = healthy.values.slice(0, start);
  const sorted = before.slice().sort((a, b) => a - b);
  const mean = before.reduce((sum, value) => sum + value, 0) / before.length;
  const context = {
    values: healthy.values,
    median: sorted[sorted.length >> 1]!,
    deviation: Math.sqrt(before.reduce((sum, value) => sum + (value - mean) ** 2, 0) / before.length),
    highest: sorted.at(-1)!,
    lowest: sorted[0]!,
    perDay,
  };
  const last = Math.min(healthy.values.length, start + Math.ceil(fault.days * perDay)) - 1;
  const random = randomFrom(span.seed + 1);
  const { scar } = fault;
  const scarred = (index: number) =>
    scar !== undefined && index >= scar.from * perDay && index < (scar.from + scar.days) * perDay;
  const values = healthy.values.map((value, index) => {
    if (index >= start && index <= last) return fault.apply(context, start, index - start, random);
    return scarred(index) ? scar!.apply(context, index) : value;
  });
  return { ...healthy, values, faulty: [start, last] };
}
