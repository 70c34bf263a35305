/** One line of /metrics, and how its value moves. */
interface Line {
  /** Name and labels, or a whole comment. */
  readonly head: string;
  readonly start: number;
  /** Per second; only counters grow. */
  readonly growth: number;
  /** Whether it goes up and down by a tenth instead. */
  readonly sways: boolean;
  /** Whether the values of all such lines are whole numbers. */
  readonly whole: boolean;
}

/** Requests of each kind per second that a simulated replica serves. */
const requestsPerSecond = 5;
/** Share of requests that fail: below every threshold, above nothing at all. */
const failing = 0.002;

/**
 * Metrics of replicas that do not exist, out of those of one that does: the same series, with values that move as
 * those of a busy server do. Counters only grow, and histograms stay cumulative.
 */
export class SimulatedMetrics {
  readonly #lines: readonly Line[];

  /** @param text - what a real server exposes */
  constructor(text: string) {
    const types = new Map<string, string>();
    this.#lines = text.split('\n').flatMap((line): Line[] => {
      const [, family, type] = /^# TYPE (\S+) (\S+)/.exec(line) ?? [];
      if (family !== undefined && type !== undefined) types.set(family, type);
      if (line === '') return [];
      if (line.startsWith('#')) return [{ head: line, start: 0, growth: 0, sways: false, whole: true }];
      const at = line.lastIndexOf(' ');
      return [moving(line.slice(0, at), Number(line.slice(at + 1)), types)];
    });
    if (this.series === 0) throw new Error('the server to be imitated exposes no series');
  }

  get series(): number {
    return this.#lines.filter(({ head }) => !head.startsWith('#')).length;
  }

  /** What a replica exposes some seconds after it started. @param replica - number from 0; no two move alike */
  text(replica: number, seconds: number): string {
    const pace = 0.8 + (replica % 5) * 0.1;
    const lines = this.#lines.map(({ head, start, growth, sways, whole }) => {
      if (head.startsWith('#')) return head;
      const value = sways
        ? start * (1 + 0.1 * Math.sin(seconds / 20 + replica))
        : start + growth * pace * seconds;
      return `${head} ${whole ? Math.floor(value) : value}`;
    });
    return `${lines.join('\n')}\n`;
  }
}

function moving(head: string, start: number, types: ReadonlyMap<string, string>): Line {
  const name = head.split('{')[0] ?? head;
  const type = types.get(name) ?? types.get(name.replace(/_(bucket|count|sum)$/, ''));
  if (type === 'histogram') {
    const bound = /le="([^"]+)"/.exec(head)?.[1];
    // An exponential distribution with a mean of 50 ms.
    const below = bound === undefined || bound === '+Inf' ? 1 : 1 - Math.exp(-Number(bound) / 0.05);
    const sum = name.endsWith('_sum');
    return {
      head,
      start,
      growth: sum ? requestsPerSecond * 0.05 : requestsPerSecond * below,
      sways: false,
      whole: !sum,
    };
  }
  if (type === 'counter') {
    const share = /status="5/.test(head) ? failing : /status="4/.test(head) ? 0.02 : 1;
    return { head, start, growth: requestsPerSecond * share, sways: false, whole: Number.isInteger(start) };
  }
  const constant = /_info\{|version/.test(head) || name.endsWith('start_time_seconds');
  return { head, start, growth: 0, sways: !constant, whole: Number.isInteger(start) };
}
