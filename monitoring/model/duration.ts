/** A duration as Prometheus and Alertmanager write it, in one unit: `15s`, `5m`, `30d`. */
export type Duration = `${number}${Unit}`;

type Unit = 'ms' | 's' | 'm' | 'h' | 'd' | 'w';

const millisecondsPer: Record<Unit, number> = {
  ms: 1,
  s: 1_000,
  m: 60_000,
  h: 3_600_000,
  d: 86_400_000,
  w: 604_800_000,
};

const pattern = /^(\d+)(ms|s|m|h|d|w)$/;

/** Whether a text is a duration that Prometheus and Alertmanager read. */
export function isDuration(text: string): text is Duration {
  return pattern.test(text);
}

/**
 * The length of a duration in milliseconds.
 *
 * @throws RangeError when the text is no whole number with one unit (`1.5m` and `1h30m` are refused: only one
 * of the readers we render for takes each of them).
 */
export function toMilliseconds(duration: Duration): number {
  const match = pattern.exec(duration);
  if (!match) {
    throw new RangeError(
      `"${duration}" is not a duration; write a whole number and one of ms, s, m, h, d, w, such as 90s`,
    );
  }
  return Number(match[1]) * millisecondsPer[match[2] as Unit];
}

/** The length of a duration in seconds. */
export function toSeconds(duration: Duration): number {
  return toMilliseconds(duration) / 1_000;
}

/** The shortest way to write a length: 300,000 ms is `5m`. Fractions of a millisecond are rounded up. */
export function fromMilliseconds(milliseconds: number): Duration {
  const whole = Math.ceil(milliseconds);
  const unit = (['w', 'd', 'h', 'm', 's'] as const).find(
    (candidate) => whole > 0 && whole % millisecondsPer[candidate] === 0,
  );
  return unit ? `${whole / millisecondsPer[unit]}${unit}` : `${whole}ms`;
}
