/** One series of /metrics. */
export interface ExposedSeries {
  readonly name: string;
  readonly labels: Readonly<Record<string, string>>;
  readonly value: number;
}

/** Reads what Prometheus says about itself: plain gauges and counters in the text format. */
export function exposition(text: string): readonly ExposedSeries[] {
  return text.split('\n').flatMap((line) => {
    const [, name, labels = '', value] = /^([a-zA-Z_:][\w:]*)(?:\{(.*)\})? (\S+)$/.exec(line) ?? [];
    if (name === undefined) return [];
    const pairs = [...labels.matchAll(/(\w+)="((?:[^"\\]|\\.)*)"/g)].map(([, key, text]) => [key, text]);
    return [{ name, labels: Object.fromEntries(pairs) as Record<string, string>, value: Number(value) }];
  });
}

/** The sum of all series of a name. @throws Error when there is none: a metric that is gone is not zero */
export function total(series: readonly ExposedSeries[], name: string): number {
  const found = series.filter((each) => each.name === name);
  if (found.length === 0) throw new Error(`Prometheus does not expose ${name}`);
  return found.reduce((sum, { value }) => sum + value, 0);
}
