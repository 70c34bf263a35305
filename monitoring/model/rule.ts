import type { Duration } from './duration';
import type { Metric } from './metric';
import type { Service } from './service';
import type { Text } from './text';

/**
 * How soon somebody must act: `critical` at once and at night, `warning` in working hours, `none` never (the
 * dead man's switch, which speaks by falling silent).
 */
export const severities = ['critical', 'warning', 'none'] as const;
export type Severity = (typeof severities)[number];

interface AlertBase<Name extends string> {
  readonly name: Name;
  readonly severity: Severity;
  readonly service: Service;
  /** How long the expression must hold before anybody is told. */
  readonly for: Duration;
  /** How long the alert stays after the expression ceased to hold. @default - not at all */
  readonly keepFiringFor?: Duration;
  /** One line: what is wrong and where. May use `{{ $labels.x }}` and `{{ $value }}`. */
  readonly summary: Text;
  /** What is observed, with figures, and what it does to users. */
  readonly description: Text;
  /** Labels besides severity and service. @default - none */
  readonly labels?: Readonly<Record<string, string>>;
}

/** An alert that compares something with a threshold that an environment may move. */
export interface ThresholdAlert<Name extends string = string> extends AlertBase<Name> {
  readonly threshold: number;
  readonly expr: (threshold: number) => string;
}

/** An alert about something that is either so or not. */
export interface StateAlert<Name extends string = string> extends AlertBase<Name> {
  readonly expr: () => string;
}

export type Alert<Name extends string = string> = ThresholdAlert<Name> | StateAlert<Name>;

/** Keeps the literal name of an alert, from which the type of every valid alert name is derived. */
export function alert<const Name extends string>(props: ThresholdAlert<Name>): ThresholdAlert<Name>;
export function alert<const Name extends string>(props: StateAlert<Name>): StateAlert<Name>;
export function alert(props: Alert): Alert {
  return props;
}

/** A recording rule is a metric of our own making: queries select it like any other. */
export interface Recording<Name extends string = string, Label extends string = string> extends Metric<
  Name,
  Label
> {
  readonly expr: string;
  /**
   * The expression of an environment that leaves jobs out, without the parts that cannot have a result there. It asks
   * about parts that read what is scraped. @default - `expr`, which is left out with any job that it reads
   */
  readonly exprWhere?: (seen: (part: string) => boolean) => string;
  /** Labels that the rule puts on every series it records. @default - none */
  readonly staticLabels?: Readonly<Record<string, string>>;
}

interface RecordingProps<Name extends string, Label extends string> {
  /** `level:metric:operations`, as the Prometheus documentation recommends. */
  readonly name: Name;
  readonly help: string;
  /** Labels that are left after aggregation, besides those of the target. @default - none */
  readonly labels?: readonly Label[];
  readonly expr: string;
}

export function recording<const Name extends string, const Label extends string = never>(
  props: RecordingProps<Name, Label>,
): Recording<Name, Label> {
  return { labels: [], ...props, kind: 'gauge' };
}

/** Rules that are evaluated together, one after another. */
export interface AlertGroup<A extends Alert = Alert> {
  readonly name: string;
  readonly alerts: readonly A[];
}

export interface RecordingGroup {
  readonly name: string;
  /** @default - the evaluation interval of the environment */
  readonly interval?: Duration;
  readonly recordings: readonly Recording[];
}

/** What an environment may change about an alert; `false` leaves it out altogether. */
export type Retuning<A extends Alert> =
  | false
  | {
      readonly for?: Duration;
      readonly labels?: Readonly<Record<string, string>>;
      readonly threshold?: A extends ThresholdAlert ? number : never;
    };

/** Retunings by alert name. A name that no alert has, or a threshold where there is none, does not compile. */
export type Retunings<A extends Alert> = { readonly [Each in A as Each['name']]?: Retuning<Each> };
