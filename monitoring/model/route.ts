import type { Duration } from './duration';

/** A condition on one label of an alert, in Alertmanager's terms. */
export interface LabelMatcher {
  readonly label: string;
  readonly op: '=' | '!=' | '=~' | '!~';
  readonly value: string;
}

/** A node of the routing tree; what it leaves out it takes from its parent. */
export interface Route<Receiver extends string = string> {
  readonly receiver: Receiver;
  readonly matchers?: readonly LabelMatcher[];
  readonly groupBy?: readonly string[];
  readonly groupWait?: Duration;
  readonly groupInterval?: Duration;
  readonly repeatInterval?: Duration;
  /** Whether siblings after this one are tried as well. @default false */
  readonly continue?: boolean;
  readonly routes?: readonly Route<Receiver>[];
}

/** While a cause fires, its consequences are muted where both have the same values of `equal`. */
export interface Inhibition<Name extends string = string> {
  readonly causes: readonly Name[];
  readonly consequences: readonly Name[];
  readonly equal: readonly string[];
  /** Labels that a cause must have; Alertmanager takes a label that neither side has as equal. @default - none */
  readonly present?: readonly string[];
}

/** `label="value"`, as Alertmanager writes a matcher. */
export function formatMatcher({ label, op, value }: LabelMatcher): string {
  return `${label}${op}"${value.replaceAll('\\', '\\\\').replaceAll('"', '\\"')}"`;
}

/** Whether an alert with these labels meets a condition; a missing label counts as empty. */
export function matches(
  { label, op, value }: LabelMatcher,
  labels: Readonly<Record<string, string>>,
): boolean {
  const actual = labels[label] ?? '';
  switch (op) {
    case '=':
      return actual === value;
    case '!=':
      return actual !== value;
    case '=~':
      return new RegExp(`^(?:${value})$`).test(actual);
    case '!~':
      return !new RegExp(`^(?:${value})$`).test(actual);
  }
}

/** The receivers that are told about an alert, in the order in which the tree is walked. */
export function receiversOf<R extends string>(
  route: Route<R>,
  labels: Readonly<Record<string, string>>,
): readonly R[] {
  const found: R[] = [];
  for (const child of route.routes ?? []) {
    if (!(child.matchers ?? []).every((matcher) => matches(matcher, labels))) continue;
    found.push(...receiversOf(child, labels));
    if (!child.continue) break;
  }
  return found.length > 0 ? found : [route.receiver];
}
