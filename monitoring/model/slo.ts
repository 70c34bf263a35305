import { toMilliseconds, type Duration } from './duration';
import { gauge } from './metric';
import { alert, recording, type Recording, type StateAlert } from './rule';
import { promql, series } from './promql';
import type { Service } from './service';
import type { Text } from './text';

/**
 * A service level objective: which share of events must be good over a window.
 *
 * The SLI is recorded in slices of five minutes, and longer windows are averages over slices (a time-slice SLI,
 * so that 99.9 % over 30 days means 43 minutes, whatever the traffic). What a slice is worth:
 *
 * - 1 (all bad) during an outage, or while the job has no target: nobody asked, and nobody would have been answered.
 *   An outage without traffic is still an outage;
 * - bad events / all events, where fewer than `floor` events count as `floor`: one error at night is no outage. Where
 *   several see the same events, the worst of what they see;
 * - 0 while somebody would be answered and nobody asks anything.
 *
 * No divisor can be zero, so neither NaN nor Inf is ever recorded. Rates are taken before sums, so that a
 * counter that starts again costs nothing, and a slice is never below 0 or above 1: extrapolating two counters
 * differently must not earn budget.
 *
 * A slice that Prometheus did not evaluate is unknown, and is taken as good: nobody is woken by what nobody saw, and
 * four bad minutes cost four of the 43 on the first day as on any other. How much of the period is known is recorded
 * beside its budget, so that what was taken on trust is seen to be.
 */
export interface Slo<Name extends string = string, Title extends string = string> {
  /** Value of the label `slo` on everything that is recorded about it. */
  readonly name: Name;
  /** Its alerts are called `<title>BudgetBurningFast` and `<title>BudgetBurningSlowly`. */
  readonly title: Title;
  readonly service: Service;
  /** What is promised, in words. */
  readonly promise: Text;
  /** The scrape job whose targets make the promise. */
  readonly job: string;
  /** Share of events that must be good, between 0 and 1: 0.999. */
  readonly objective: number;
  /** Events in five minutes below which a slice is judged as if it had this many. */
  readonly floor: number;
  /** All events a second over a range, by job. */
  readonly total: (range: Duration) => string;
  /** Bad events a second over a range, by job. */
  readonly bad: (range: Duration) => string;
  /**
   * The same events as others see them, who may have seen worse; whoever is not there in an environment is not asked.
   *
   * @default - nobody else sees them
   */
  readonly alsoSeen?: readonly View[];
  /**
   * What an outage is: conditions that each have a result only while nobody is answered. One that reads a job that an
   * environment leaves out is left out with it.
   *
   * @default - no target of the job is up
   */
  readonly outages?: readonly string[];
}

/** Good and bad events as one side sees them. */
export type View = Pick<Slo, 'total' | 'bad'>;

/**
 * Keeps the literal names of an SLO.
 *
 * @throws RangeError when the objective leaves no budget or is no share, or the floor is not positive.
 */
export function slo<const Name extends string, const Title extends string>(
  props: Slo<Name, Title>,
): Slo<Name, Title> {
  if (!(props.objective > 0 && props.objective < 1)) {
    throw new RangeError(
      `${props.name}: objective ${props.objective} must lie between 0 and 1, such as 0.999; 1 would leave no error budget`,
    );
  }
  if (!(props.floor > 0)) {
    throw new RangeError(
      `${props.name}: floor ${props.floor} must be above zero; it keeps the SLI defined without traffic`,
    );
  }
  return props;
}

/** The window over which a promise is kept. */
export const period = '30d' satisfies Duration;

const slice = '5m' satisfies Duration;
/** The shortest slice: long enough for a rate, short enough to be over before the alert of a cause is. */
const moment = '1m' satisfies Duration;
const labels = ['slo', 'service'] as const;

/** How often slices are taken, whatever the pace of other rules: a count of slices is a length of time. */
export const sliceInterval = '15s' satisfies Duration;

/** Windows over which the burn rate is asked, besides the slices and the whole period. */
const windows = ['30m', '1h', '2h', '6h', '1d', '3d'] as const satisfies readonly Duration[];
type Window = typeof moment | typeof slice | (typeof windows)[number] | typeof period;

/** Short windows of what wakes somebody. */
const freshWindows = ['5m', '30m'] as const satisfies readonly Duration[];

/** Alerts of which each explains that a promise is broken, where these labels of both are equal. */
export interface Explanation {
  readonly causes: readonly string[];
  readonly share: readonly string[];
}

/**
 * How long before its alert a cause is taken to have been at work: what the slowest of them needs to be noticed, five
 * minutes of a window and two of patience, and a minute for scrapes and evaluations.
 */
export const noticedWithin = '8m' satisfies Duration;

/** And until a minute after the end of its alert, which a slice needs to forget. */
const explainedFor = '9m' satisfies Duration;

/** Share of bad events over a window, from 0 to 1. */
export function errorRatio<W extends Window>(window: W) {
  return gauge({
    name: `slo:sli_error:ratio_rate${window}`,
    help: `Share of the events of the last ${window} that broke the promise, from 0 to 1.`,
    labels,
  });
}

/** As {@link errorRatio}, without what an alert of a cause explains, of which somebody has been told. */
export function unexplainedRatio<W extends (typeof freshWindows)[number]>(window: W) {
  return gauge({
    name: `slo:sli_error_unexplained:ratio_rate${window}`,
    help: `Share of the last ${window} that broke the promise and that no alert of a cause explains, from 0 to 1; absent while all is explained.`,
    labels,
  });
}

/** Share of the period that was recorded at all. */
export const periodKnown = gauge({
  name: 'slo:period_known:ratio',
  help: 'Share of the period that is known, from 0 to 1; the rest counts as good.',
  labels,
});

/** Share of the error budget of the period that is left: 1 untouched, 0 used up, negative overdrawn. */
export const budgetRemaining = gauge({
  name: 'slo:period_error_budget_remaining:ratio',
  help: 'Share of the error budget that is left; negative when overdrawn.',
  labels,
});

/** The share of events that may be bad. */
export const budget = gauge({
  name: 'slo:error_budget:ratio',
  help: 'Share of events that may be bad.',
  labels,
});

/**
 * The recordings of an SLO that alerts look at, taken every {@link sliceInterval}.
 *
 * @param explanations - the causes of which somebody is told, so that the budget they cost is no news
 */
export function sliRecordings(objective: Slo, explanations: readonly Explanation[]): readonly Recording[] {
  return [
    judgedRecording(objective, slice),
    judgedRecording(objective, moment),
    labelled(objective, budget, `vector(${round(1 - objective.objective)})`),
    ...windows.map((window) => labelled(objective, errorRatio(window), share(objective, window))),
    ...freshWindows.map((window) =>
      labelled(objective, unexplainedRatio(window), unexplained(objective, explanations, window)),
    ),
  ];
}

/** The recordings of an SLO that look at the whole period, and need not be taken so often. */
export function periodRecordings(objective: Slo): readonly Recording[] {
  return [
    labelled(objective, errorRatio(period), share(objective, period)),
    labelled(objective, periodKnown, known(objective)),
    labelled(
      objective,
      budgetRemaining,
      promql`1 - ${series(errorRatio(period), { slo: objective.name })} / ${round(1 - objective.objective)}`,
    ),
  ];
}

/** The share of a window that was bad, from 0 to 1, with what is unknown taken as good. */
export function share(objective: Slo, window: Duration): string {
  const slices = series(errorRatio(slice), { slo: objective.name });
  return promql`clamp_max(sum_over_time(${slices}[${window}]) / ${slicesIn(window)}, 1)`;
}

/** The share of the period that was recorded, from 0 to 1. */
export function known(objective: Slo): string {
  const slices = series(errorRatio(slice), { slo: objective.name });
  return promql`clamp_max(count_over_time(${slices}[${period}]) / ${slicesIn(period)}, 1)`;
}

/**
 * Multi-window, multi-burn-rate alerts with the windows and factors of the SRE workbook, chapter 5, table 5-8:
 * 2 % of the budget in one hour or 5 % in six hours wake somebody, 10 % in one or three days do not. The short
 * window beside each long one lets the alert end soon after the burning does.
 *
 * What wakes somebody looks in its short window at what no alert of a cause explains: whoever was told of the cause
 * has been told why the budget burns, and hears the all-clear of that cause while the window still holds its outage.
 * What goes to the team in working hours looks at everything: that so much of the budget is gone is news whatever
 * the cause was. The reasons are in docs/adr/0010.
 */
export function sloAlerts<Name extends string, Title extends string>(
  objective: Slo<Name, Title>,
): readonly [StateAlert<`${Title}BudgetBurningFast`>, StateAlert<`${Title}BudgetBurningSlowly`>] {
  const allowed = 1 - objective.objective;
  const burning = (long: Window, short: ReturnType<typeof gauge>, factor: number) => {
    const over = (ratio: ReturnType<typeof gauge>) =>
      `${series(ratio, { slo: objective.name })} > ${round(factor * allowed)}`;
    return promql`(${over(errorRatio(long))} and ${over(short)})`;
  };
  const { zh, en } = objective.promise;
  return [
    alert({
      name: `${objective.title}BudgetBurningFast`,
      severity: 'critical',
      service: objective.service,
      for: '2m',
      labels: { slo: objective.name },
      expr: () =>
        `${burning('1h', unexplainedRatio('5m'), 14.4)} or ${burning('6h', unexplainedRatio('30m'), 6)}`,
      summary: {
        zh: `SLO 错误预算正在快速耗尽：${zh}`,
        en: `The error budget burns fast: ${en}`,
      },
      description: {
        zh: `最近一个时间窗口内有 {{ $value | humanizePercentage }} 不达标。按此速度，30 天的错误预算会在两到五天内用完，请立即处理。`,
        en: `{{ $value | humanizePercentage }} broke the promise over the last window. At this pace the budget of 30 days is gone within two to five days. Act now.`,
      },
    }),
    alert({
      name: `${objective.title}BudgetBurningSlowly`,
      severity: 'warning',
      service: objective.service,
      for: '15m',
      labels: { slo: objective.name },
      expr: () => `${burning('1d', errorRatio('2h'), 3)} or ${burning('3d', errorRatio('6h'), 1)}`,
      summary: {
        zh: `SLO 错误预算持续消耗：${zh}`,
        en: `The error budget drains: ${en}`,
      },
      description: {
        zh: `最近一个时间窗口内有 {{ $value | humanizePercentage }} 不达标。按此速度，预算会在 30 天结束之前用完，请在工作时间内查明原因。`,
        en: `{{ $value | humanizePercentage }} broke the promise over the last window. At this pace the budget will not last the 30 days. Find the cause in working hours.`,
      },
    }),
  ];
}

/** Whoever says what it is worth, a slice is one of the job that makes the promise. */
function judgedRecording(objective: Slo, range: typeof slice | typeof moment): Recording {
  const recorded = labelled(
    objective,
    errorRatio(range),
    judged(objective, range, () => true),
  );
  return {
    ...recorded,
    exprWhere: (seen) => judged(objective, range, seen),
    staticLabels: { ...recorded.staticLabels, job: objective.job },
  };
}

/** The share of the events of a range that were bad, as the SLO says what a slice is worth. */
function judged(objective: Slo, range: Duration, seen: (part: string) => boolean): string {
  const up = `up{job="${objective.job}"}`;
  const outages = objective.outages ?? [`count by (job) (${up}) unless on (job) (${up} == 1)`];
  // A Prometheus that has only just started has not scraped anything yet; that is no outage.
  const vanished = `absent(${up}) and on () count(up offset 1m) > 0`;
  const views = [objective, ...(objective.alsoSeen ?? [])]
    .map((view) => badShare(view, objective.floor, range))
    .filter(seen);
  return promql`
    group(${[...outages.filter(seen), vanished].map((each) => `(${each})`).join(' or ')})
      or ${worstOf(views)}
      or 0 * group(${up})`;
}

function badShare({ total, bad }: View, floor: number, range: Duration): string {
  return promql`clamp(sum(${bad(range)}) / clamp_min(sum(${total(range)}), ${floor} / 300), 0, 1)`;
}

/** The largest of shares, of which some may have no result; without a label of its own each would hide the next. */
function worstOf(shares: readonly string[]): string {
  if (shares.length === 1) return shares[0] ?? '';
  const told = shares.map((share, index) => `label_replace(${share}, "view", "${index}", "", "")`);
  return `max(${told.join(' or ')})`;
}

/**
 * The share of a short window that was bad and is not explained. A moment is explained when the alert of a cause
 * fires then, soon after, since no alert fires the moment its cause sets in, or has just ended.
 */
function unexplained(objective: Slo, explanations: readonly Explanation[], window: Duration): string {
  const moments = series(errorRatio(moment), { slo: objective.name });
  const alike = Map.groupBy(explanations, ({ share: equal }) => equal.join(', '));
  const explained = [...alike].map(([equal, same]) => {
    const causes = same.flatMap((each) => each.causes);
    const firing = `ALERTS{alertname=~"${causes.join('|')}", alertstate="firing"}`;
    return `unless on (${equal}) max_over_time(${firing}[${explainedFor}] offset -${noticedWithin})`;
  });
  return promql`
    clamp_max(sum_over_time((${[moments, ...explained].join(' ')})[${window}:${step}])
      / (count_over_time(${moments}[${window}:${step}]) > 0), 1)`;
}

/** How closely a short window is looked at again. */
const step = '30s' satisfies Duration;

/** How many slices make up a window. */
function slicesIn(window: Duration): number {
  return toMilliseconds(window) / toMilliseconds(sliceInterval);
}

function labelled(objective: Slo, metric: Omit<Recording, 'expr'>, expr: string): Recording {
  return {
    ...recording({ name: metric.name, help: metric.help, labels: metric.labels, expr }),
    staticLabels: { slo: objective.name, service: objective.service },
  };
}

/** Twelve digits: enough for any objective, and 1 - 0.999 reads 0.001. */
function round(value: number): number {
  return Number(value.toPrecision(12));
}
