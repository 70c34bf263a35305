import { promql } from '../model/promql';

/**
 * A query that reads zero where it finds nothing although there was something to find it in: no request failed, no
 * key was evicted. Where `witness` is silent too the target is gone, and the panel says so by staying empty.
 *
 * @param witness a query with the same labels that has a value whenever the target is there
 */
export function orZero(expr: string, witness: string): string {
  return promql`(${expr}) or 0 * (${witness})`;
}
