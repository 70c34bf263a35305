import type { Duration } from '../model/duration';
import type { Metric } from '../model/metric';
import { buckets, promql } from '../model/promql';

/**
 * The value that a share of a histogram's observations did not exceed, over all that the matchers select. Without
 * observations it is no number, and a curve has a gap.
 *
 * @param by labels that stay apart @default - none
 * @param range over which observations are gathered @default - a few scrapes, as fits the width of the picture
 */
export function quantile<M extends Metric>(
  share: number,
  histogram: M,
  matchers: Parameters<typeof buckets<M>>[1],
  by: readonly string[] = [],
  range: Duration | '$__rate_interval' = '$__rate_interval',
): string {
  return promql`
    histogram_quantile(${share}, sum by (${[...by, 'le'].join(', ')}) (rate(${buckets(histogram, matchers)}[${range}])))`;
}
