import { toSeconds, type Duration } from '../../../monitoring/model/duration';

/** Series and their samples, one every {@link step} from the start of a case on, in promtool's notation. */
export interface Given {
  readonly series: string;
  readonly values: string;
}

/** Seconds between samples: the scrape interval of the document. */
export const step = 15;

/** Longer than any case looks. */
const end: Duration = '1h';

/** What a series reads for a while, and then what it reads next. */
export function given(series: string, ...phases: readonly string[]): Given {
  return { series, values: phases.join(' ') };
}

/** The same value all the time. */
export function flat(value: number, lasting: Duration = end): string {
  return `${value}+0x${samples(lasting) - 1}`;
}

/** The target is lost: Prometheus marks its series as ended. */
export function gone(lasting: Duration = end): string {
  return `stale _x${samples(lasting) - 1}`;
}

/** Nothing is there yet. */
export function nothing(lasting: Duration): string {
  return `_x${samples(lasting)}`;
}

/** What a target says while it answers, where its `up` reads like this: whoever is not scraped says nothing. */
export function onlyWhileUp(...phases: readonly string[]): readonly string[] {
  return phases.map((phase) => phase.replace(/^0(?:\+0)?x(\d+)$/, 'stale _x$1'));
}

/** A counter that grows at this rate. */
export function growing(perSecond: number): string {
  return `0+${perSecond * step}x${samples(end)}`;
}

/** A stretch of a counter's life; it goes on from where it stood unless the process starts anew. */
export interface Stretch {
  readonly perSecond: number;
  readonly lasting: Duration;
  readonly restarted?: true;
}

/** A counter whose pace changes, over and over when it is `repeated`. */
export function counting(stretches: readonly Stretch[], repeated = 1): string {
  let value = 0;
  const values = Array.from({ length: repeated }, () => stretches)
    .flat()
    .flatMap(({ perSecond, lasting, restarted }) => {
      if (restarted) value = 0;
      return Array.from({ length: samples(lasting) }, () => (value += perSecond * step));
    });
  return [0, ...values].join(' ');
}

function samples(duration: Duration): number {
  return toSeconds(duration) / step;
}
