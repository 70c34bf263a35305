/** What follows from what: the map from which inhibitions are rendered, and by which causes are ranked. */
export interface Dependency<Name extends string = string> {
  readonly causes: readonly Name[];
  readonly consequences: readonly Name[];
  /** Labels in which both must be equal: the same installation, instance or job. */
  readonly share: readonly string[];
  /** Labels of these that must be there at all; one that neither side has would count as equal. @default - none */
  readonly present?: readonly string[];
}

/** An alert that fires, as far as its place in the map is concerned. */
export interface FiringAlert {
  readonly name: string;
  readonly labels: Readonly<Record<string, string>>;
  /** When it began to fire, in milliseconds since 1970. */
  readonly since: number;
}

/** An alert that nothing else that fires explains, and everything that it explains, directly or through others. */
export interface RootCause<A extends FiringAlert = FiringAlert> {
  readonly alert: A;
  readonly explains: readonly A[];
}

/**
 * The causes among firing alerts, the one that explains most first; among equals the one that fired first, and then
 * the one that comes first in the alphabet, so that the same alerts always give the same order.
 */
export function rootCauses<A extends FiringAlert>(
  dependencies: readonly Dependency[],
  firing: readonly A[],
): readonly RootCause<A>[] {
  const explainedBy = new Map(
    firing.map((alert): [A, readonly A[]] => [
      alert,
      firing.filter((other) => other !== alert && explains(dependencies, alert, other)),
    ]),
  );
  const explained = new Set([...explainedBy.values()].flat());
  return firing
    .filter((alert) => !explained.has(alert))
    .map((alert) => ({ alert, explains: reachable(alert, explainedBy) }))
    .sort(
      (one, other) =>
        other.explains.length - one.explains.length ||
        one.alert.since - other.alert.since ||
        compare(one.alert.name, other.alert.name),
    );
}

/** The entries of a map that explain an alert. */
export function causesOf<Name extends string>(
  dependencies: readonly Dependency<Name>[],
  consequence: Name,
): readonly Dependency<Name>[] {
  return dependencies.filter(({ consequences }) => consequences.includes(consequence));
}

/** Whether one firing alert is a cause of another. */
export function explains(
  dependencies: readonly Dependency[],
  cause: FiringAlert,
  consequence: FiringAlert,
): boolean {
  return dependencies.some(
    ({ causes, consequences, share, present = [] }) =>
      causes.includes(cause.name) &&
      consequences.includes(consequence.name) &&
      present.every((label) => (cause.labels[label] ?? '') !== '') &&
      share.every((label) => (cause.labels[label] ?? '') === (consequence.labels[label] ?? '')),
  );
}

function reachable<A>(from: A, next: ReadonlyMap<A, readonly A[]>): readonly A[] {
  const found = new Set<A>();
  const visit = (alert: A): void => {
    for (const each of next.get(alert) ?? []) {
      if (found.has(each)) continue;
      found.add(each);
      visit(each);
    }
  };
  visit(from);
  return [...found];
}

function compare(one: string, other: string): number {
  return one < other ? -1 : Number(one > other);
}
