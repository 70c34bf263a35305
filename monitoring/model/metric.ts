/** How a metric behaves over time, in the terms of the Prometheus data model. */
export type MetricKind = 'counter' | 'gauge' | 'histogram' | 'info';

/**
 * One metric that some exporter really exposes.
 *
 * `Name` and `Label` are literal types, so that a query built from a metric cannot name a label it does not
 * have, and a dashboard cannot name a metric nobody exposes.
 */
export interface Metric<Name extends string = string, Label extends string = string> {
  readonly name: Name;
  readonly kind: MetricKind;
  readonly help: string;
  readonly labels: readonly Label[];
  /** Labels that newer releases of its exporter add; what an older one exposes matches them as empty. */
  readonly newerLabels?: readonly Label[];
  /** Upper bounds of a histogram's buckets, ascending, without `+Inf`. */
  readonly buckets?: readonly number[];
  /** Where it is exposed, when not by every target of its job: `Redis replicates`. Elsewhere it is rightly absent. */
  readonly onlyWhere?: string;
  /** The collector of its exporter that is off unless it is asked for. */
  readonly collector?: string;
}

interface MetricProps<Name extends string, Label extends string> {
  readonly name: Name;
  readonly help: string;
  /** @default - the metric has no labels of its own */
  readonly labels?: readonly Label[];
  /** @default - every release gives it the same labels */
  readonly newerLabels?: readonly Label[];
  /** @default - it is exposed by every target of its job */
  readonly onlyWhere?: string;
  /** @default - the exporter exposes it unasked */
  readonly collector?: string;
}

interface HistogramProps<Name extends string, Label extends string> extends MetricProps<Name, Label> {
  readonly buckets: readonly number[];
}

/** A total that only grows, except that it starts again from zero with its process. */
export function counter<const Name extends string, const Label extends string = never>(
  props: MetricProps<Name, Label>,
): Metric<Name, Label> {
  return { labels: [], ...props, kind: 'counter' };
}

/** A value that goes up and down. */
export function gauge<const Name extends string, const Label extends string = never>(
  props: MetricProps<Name, Label>,
): Metric<Name, Label> {
  return { labels: [], ...props, kind: 'gauge' };
}

/** A gauge that is always 1 and says what it has to say in its labels. */
export function info<const Name extends string, const Label extends string = never>(
  props: MetricProps<Name, Label>,
): Metric<Name, Label> {
  return { labels: [], ...props, kind: 'info' };
}

/**
 * A distribution, exposed as `<name>_bucket`, `<name>_sum` and `<name>_count`.
 *
 * @throws RangeError when the bucket bounds do not ascend.
 */
export function histogram<const Name extends string, const Label extends string = never>(
  props: HistogramProps<Name, Label>,
): Metric<Name, Label> {
  props.buckets.forEach((bound, index) => {
    const previous = props.buckets[index - 1];
    if (previous !== undefined && bound <= previous) {
      throw new RangeError(
        `${props.name}: bucket bounds must ascend, but ${bound} follows ${previous}; sort them and drop repetitions`,
      );
    }
  });
  return { labels: [], ...props, kind: 'histogram' };
}

/** The series names under which a metric appears in Prometheus. */
export function seriesNames(metric: Metric): readonly string[] {
  return metric.kind === 'histogram'
    ? [`${metric.name}_bucket`, `${metric.name}_sum`, `${metric.name}_count`]
    : [metric.name];
}
