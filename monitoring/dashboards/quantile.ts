import type { Metric } from '../model/metric';
import { buckets, promql } from '../model/promql';

/**
 * The value that a share of a histogram's observations did not exceed, over all that the matchers select. Without
 * observations it is no number, and a curve has a gap.
 *
 * @param by labels that stay apart @default - none
 */
export function quantile<M extends Metric>(
  share: number,
  histogram: M,
  matchers: Parameters<typeof buckets<M>>[1],
  by: readonly string[] = [],
): string {
  return promql`
    histogram_quantile(${share}, sum by (${[...by, 'le'].join(', ')}) (rate(${buckets(histogram, matchers)}[$__rate_interval])))`;
}
