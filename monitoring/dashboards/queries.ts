import type { Panel } from '@grafana/grafana-foundation-sdk/dashboard';
import { type Dataquery, PromQueryFormat } from '@grafana/grafana-foundation-sdk/prometheus';
import type { Board } from '../model/dashboard';
import type { Duration } from '../model/duration';

/** What stands in a query where Grafana would put the reader's choice and the width of the picture. */
export interface Choices {
  /** A regular expression. @default - every job of the board */
  readonly job?: string;
  /** A regular expression. @default - every target */
  readonly instance?: string;
  /** What `$__rate_interval` becomes; Grafana never takes less than four scrapes. @default 1m */
  readonly rateInterval?: Duration;
  /** What `$__interval` becomes. @default 15s */
  readonly interval?: Duration;
  /** What `$__range` becomes: the time the board shows. @default 1h */
  readonly range?: Duration;
}

/** One query of a panel as Prometheus reads it. */
export interface PanelQuery {
  /** The uid of the board. */
  readonly board: string;
  /** The title of the panel. */
  readonly panel: string;
  readonly panelId: number;
  readonly refId: string;
  readonly expr: string;
  /** What the series are called, with `{{label}}` for what differs between them. */
  readonly legend: string;
  /** Whether the series become curves or rows. */
  readonly format: 'time_series' | 'table';
  /** Whether it is a limit drawn beside the curves; where none is set there is none to show. */
  readonly bound: boolean;
  /** Asked as of now, or over the time that the board shows. */
  readonly instant: boolean;
}

/** Every query of a board, with its variables replaced, in the order in which the panels are read. */
export function panelQueries({ uid, jobs, dashboard }: Board, choices: Choices = {}): readonly PanelQuery[] {
  return panelsOf(dashboard.panels ?? []).flatMap((panel) =>
    targetsOf(panel).map((target) => ({
      board: uid,
      panel: panel.title ?? '',
      panelId: panel.id ?? 0,
      refId: target.refId ?? '',
      expr: withChoices(target.expr, { ...everyJobOf(jobs), ...choices }),
      legend: target.legendFormat ?? '',
      format: target.format === PromQueryFormat.Table ? 'table' : 'time_series',
      bound: isBound(panel, target.refId),
      instant: target.instant ?? false,
    })),
  );
}

function isBound({ fieldConfig }: Panel, refId: string | undefined): boolean {
  return (fieldConfig?.overrides ?? []).some(
    ({ matcher, properties }) =>
      matcher.options === refId && properties.some(({ id }) => id === 'custom.lineStyle'),
  );
}

/** What Grafana puts in the place of `$job` until somebody chooses. */
export function everyJobOf(jobs: Board['jobs']): Choices {
  return jobs.length > 0 ? { job: `(${jobs.join('|')})` } : {};
}

/** The panels of a board without the headings between them. */
export function panelsOf(panels: readonly (Panel | { readonly type: 'row' })[]): readonly Panel[] {
  return panels.filter((panel): panel is Panel => panel.type !== 'row');
}

/** The queries of a panel; every board of ours asks Prometheus. */
export function targetsOf(panel: Panel): readonly Dataquery[] {
  return (panel.targets ?? []) as Dataquery[];
}

/**
 * A query with its variables replaced.
 *
 * @throws RangeError when a variable is left that nobody gave a value.
 */
export function withChoices(expr: string, choices: Choices = {}): string {
  const values: Readonly<Record<string, string>> = {
    job: choices.job ?? '.+',
    instance: choices.instance ?? '.+',
    __rate_interval: choices.rateInterval ?? '1m',
    __interval: choices.interval ?? '15s',
    __range: choices.range ?? '1h',
  };
  return expr.replace(/\$(\w+)/g, (variable, name: string) => {
    const value = values[name];
    if (value === undefined) {
      throw new RangeError(
        `the variable ${variable} has no value in "${expr}"; use one of ${Object.keys(values)
          .map((known) => `$${known}`)
          .join(', ')}`,
      );
    }
    return value;
  });
}
