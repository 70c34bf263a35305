import { Counter, Gauge, Histogram, type Registry } from 'prom-client';
import type { Metric } from '../../monitoring/model/metric';

type LabelOf<M extends Metric> = M['labels'][number];

/** Registers a counter of the contract: its name, help and labels exist only there. */
export function counterOf<M extends Metric>(registry: Registry, metric: M): Counter<LabelOf<M>> {
  return new Counter({ ...common(metric), registers: [registry] });
}

/**
 * Registers a gauge of the contract.
 * @param read - what it is set to whenever it is asked for. @default - what it was last set to
 */
export function gaugeOf<M extends Metric>(
  registry: Registry,
  metric: M,
  read?: () => number,
): Gauge<LabelOf<M>> {
  return new Gauge({
    ...common(metric),
    registers: [registry],
    ...(read && {
      collect() {
        this.set(read());
      },
    }),
  });
}

/** Registers a histogram of the contract. */
export function histogramOf<M extends Metric>(registry: Registry, metric: M): Histogram<LabelOf<M>> {
  return new Histogram({ ...common(metric), buckets: [...(metric.buckets ?? [])], registers: [registry] });
}

const common = <M extends Metric>(metric: M) => ({
  name: metric.name,
  help: metric.help,
  labelNames: [...metric.labels] as LabelOf<M>[],
});
