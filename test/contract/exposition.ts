/** What a target exposes under one name, as its text format says. */
export interface Exposed {
  readonly type: string;
  readonly help: string;
  /** The names of the labels of its samples, `le` left out. */
  readonly labels: ReadonlySet<string>;
  /** Upper bounds of a histogram's buckets, as written, `+Inf` left out. */
  readonly bounds: ReadonlySet<string>;
  readonly samples: number;
}

/** Reads the text format of Prometheus, version 0.0.4, as far as names, types and labels go. */
export function readExposition(text: string): ReadonlyMap<string, Exposed> {
  const types = new Map<string, string>();
  const helps = new Map<string, string>();
  const found = new Map<string, { labels: Set<string>; bounds: Set<string>; samples: number }>();
  for (const line of text.split('\n')) {
    const comment = /^# (TYPE|HELP) (\S+) (.*)$/.exec(line);
    if (comment) {
      const [, kind, name = '', rest = ''] = comment;
      (kind === 'TYPE' ? types : helps).set(name, rest);
      continue;
    }
    const sample = /^([a-zA-Z_:][\w:]*)(?:\{(.*)\})? \S+( \d+)?$/.exec(line);
    if (!sample) continue;
    const [, series = '', labels = ''] = sample;
    const family = series.replace(/_(bucket|sum|count)$/, '');
    const parted = types.get(family) === 'histogram' || types.get(family) === 'summary';
    // A summary's count is stored, and asked for, under a name of its own.
    if (parted && series.endsWith('_count')) types.set(series, 'counter');
    const name = types.get(family) === 'histogram' ? family : series;
    const entry = found.get(name) ?? { labels: new Set(), bounds: new Set(), samples: 0 };
    entry.samples += 1;
    for (const [, label = '', value = ''] of labels.matchAll(/([a-zA-Z_]\w*)="((?:[^"\\]|\\.)*)"/g)) {
      if (label === 'le') entry.bounds.add(value);
      else entry.labels.add(label);
    }
    entry.bounds.delete('+Inf');
    found.set(name, entry);
  }
  return new Map(
    [...found].map(([name, entry]) => [
      name,
      { type: types.get(name) ?? 'untyped', help: helps.get(name) ?? '', ...entry },
    ]),
  );
}
