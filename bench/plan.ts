/** Every bench, in the order in which they run: those first that a busy machine disturbs most. */
export const benches = ['chatroom', 'notification', 'prometheus', 'anomaly', 'synth'] as const;

export type BenchName = (typeof benches)[number];

/** The npm script of a bench. */
export const scriptOf = (name: BenchName): string => `bench:${name}`;

/**
 * Which benches to run.
 *
 * @param chosen - names; none means all
 * @throws Error when a name is unknown, or nothing would run: no figures are never good figures.
 */
export function plan(
  chosen: readonly string[],
  scripts: Readonly<Record<string, string>>,
): { readonly run: readonly BenchName[]; readonly missing: readonly BenchName[] } {
  for (const name of chosen) {
    if (!(benches as readonly string[]).includes(name)) {
      throw new Error(`there is no bench "${name}"; choose among ${benches.join(', ')}`);
    }
  }
  const wanted = benches.filter((name) => chosen.length === 0 || chosen.includes(name));
  const run = wanted.filter((name) => scriptOf(name) in scripts);
  if (run.length === 0) throw new Error('no bench to run: package.json has none of their scripts');
  return { run, missing: wanted.filter((name) => !run.includes(name)) };
}
