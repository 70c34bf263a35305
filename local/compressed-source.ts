import { Prometheus, type Series, type Source, type TimeWindow } from '../reports/prometheus';
import { compressedQuery, type Compression } from './compress';

/** A Prometheus whose time is compressed, asked what the model asks: over ranges that are shorter by as much. */
export class CompressedSource implements Source {
  readonly #prometheus: Source;

  constructor(
    url: string,
    private readonly compression: Compression,
  ) {
    this.#prometheus = new Prometheus(url);
  }

  at(expr: string, time: number): Promise<readonly Series[]> {
    return this.#prometheus.at(compressedQuery(expr, this.compression), time);
  }

  over(expr: string, window: TimeWindow): Promise<readonly Series[]> {
    return this.#prometheus.over(compressedQuery(expr, this.compression), window);
  }
}
