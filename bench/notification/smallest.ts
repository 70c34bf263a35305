import type { Catalogue, TunedAlert } from '../../monitoring/catalogue';
import type { AlertName } from '../../monitoring/rules';
import {
  compressedFor,
  compressedPrometheus,
  compressedQuery,
  durationInMilliseconds,
  type Compression,
} from '../../local/compress';
import { expectationOf } from '../../local/expectation';
import { prometheusConfig } from '../../monitoring/render/prometheus';

/** The configured intervals that lie between a fault and the message about it, in milliseconds. */
export interface Intervals {
  readonly scrape: number;
  readonly evaluation: number;
  /** The longest range the expression looks back over; 0 when it looks at the present only. */
  readonly range: number;
  /** What `for` asks, as far as it is evaluated: rounded up to whole evaluations. */
  readonly held: number;
  readonly groupWait: number;
}

/** What a kind of fault needs before an expression over a range can be true of it. */
export interface Noticing {
  /** Share of the range that has to be filled with what is new. */
  readonly shareOfRange: number;
  /** Milliseconds that no compression shortens, such as the duration of a slow request. */
  readonly plus: number;
}

/**
 * The smallest time from a fault to its message that these intervals can promise, whenever the fault comes: the
 * scrape that sees it may be one interval away, and the evaluation after that another.
 */
export function smallest(intervals: Intervals, { shareOfRange, plus }: Noticing): number {
  const { scrape, evaluation, range, held, groupWait } = intervals;
  return scrape + evaluation + range * shareOfRange + plus + held + groupWait;
}

/** How often rules are evaluated. */
export function evaluationOf(
  catalogue: Catalogue,
  compression: Compression,
): { readonly evaluation: number } {
  const { global } = compressedPrometheus(prometheusConfig(catalogue), compression);
  return { evaluation: milliseconds(global['evaluation_interval']) };
}

/** What is configured between the moment at which an expression is true and the message: no luck is in that. */
export function configuredFor(
  name: AlertName,
  catalogue: Catalogue,
  compression: Compression,
): Pick<Intervals, 'held' | 'groupWait'> {
  const { evaluation } = evaluationOf(catalogue, compression);
  const held = milliseconds(compressedFor(alertOf(name, catalogue), compression));
  const { earliest } = expectationOf(name, catalogue, compression);
  return { held: Math.ceil(held / evaluation) * evaluation, groupWait: earliest - held };
}

/** @param job - the scrape job whose series the alert reads */
export function intervalsOf(
  name: AlertName,
  job: string,
  catalogue: Catalogue,
  compression: Compression,
): Intervals {
  const alert = alertOf(name, catalogue);
  const { global, scrape_configs: jobs } = compressedPrometheus(prometheusConfig(catalogue), compression);
  const own = jobs.find((each) => each.job_name === job);
  if (!own) throw new Error(`${name} came with the label job="${job}", and there is no such job`);
  return {
    scrape: milliseconds(own['scrape_interval'] ?? global['scrape_interval']),
    ...evaluationOf(catalogue, compression),
    range: longestRange(compressedQuery(alert.expr, compression)),
    ...configuredFor(name, catalogue, compression),
  };
}

function alertOf(name: AlertName, catalogue: Catalogue): TunedAlert {
  const alert = catalogue.alerts.flatMap(({ alerts }) => alerts).find((each) => each.name === name);
  if (!alert) throw new Error(`${name} is not among the alerts of ${catalogue.environment.name}`);
  return alert;
}

function milliseconds(text: unknown): number {
  return durationInMilliseconds(typeof text === 'string' ? text : '');
}

function longestRange(expr: string): number {
  return Math.max(0, ...[...expr.matchAll(/\[(\w+)[\]:]/g)].map(([, text]) => milliseconds(text)));
}
