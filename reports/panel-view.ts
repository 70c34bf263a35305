import type { DynamicConfigValue, Panel } from '@grafana/grafana-foundation-sdk/dashboard';
import { MappingType, type ValueMapping } from '@grafana/grafana-foundation-sdk/dashboard';
import { type Choices, targetsOf, withChoices } from '../monitoring/dashboards/queries';
import type { Unit } from '../monitoring/dashboards/units';
import { colourNamed, colourOfSeries } from './palette';
import type { Series, Source, TimeWindow } from './prometheus';
import { isUnit } from './units';

/** One series as its panel shows it. */
export interface SeriesView {
  readonly name: string;
  readonly refId: string;
  readonly unit: Unit;
  readonly axis: 'left' | 'right';
  /** Stated, or the next one of the palette. */
  readonly colour: string;
  readonly ownColour: boolean;
  readonly dashed: boolean;
  readonly stacked: boolean;
  /** From 0 to 1. */
  readonly fill: number;
  readonly mappings: readonly ValueMapping[];
  readonly labels: Series['labels'];
  readonly points: Series['points'];
}

/** A panel with its data: what a drawing is made from, with nothing of Grafana's file format left. */
export interface PanelView {
  readonly id: number;
  readonly kind: string;
  readonly title: string;
  readonly place: { readonly x: number; readonly y: number; readonly w: number; readonly h: number };
  readonly unit: Unit;
  readonly min?: number;
  readonly max?: number;
  /** Colours from a value on, in ascending order; the first has no lower end. */
  readonly thresholds: readonly { readonly from: number; readonly colour: string }[];
  /** What to say when there is nothing to show. */
  readonly nothing: string;
  readonly window: TimeWindow;
  readonly series: readonly SeriesView[];
  /** Queries that gave nothing at all, bounds left out: where no limit is set there is none to show. */
  readonly silent: readonly { readonly refId: string; readonly expr: string }[];
  /** The columns of a table, as label and title; the value is called `Value`. */
  readonly columns: readonly { readonly label: string; readonly title: string }[];
}

/** A panel holds something that we do not know how to draw. */
export class UndrawablePanelError extends Error {
  override readonly name = 'UndrawablePanelError';

  constructor(panel: Panel, what: string) {
    super(
      `the panel "${panel.title ?? ''}" has ${what}; teach reports/ to draw it or build the panel without`,
    );
  }
}

/** Asks everything that a panel shows, and reads how it is shown. */
export async function viewOf(
  panel: Panel,
  source: Source,
  window: TimeWindow,
  choices: Choices,
): Promise<PanelView> {
  const defaults = panel.fieldConfig?.defaults ?? {};
  const { unit } = defaults;
  if (!isUnit(unit)) throw new UndrawablePanelError(panel, `the unit ${unit ?? 'nothing'}`);
  if (!panel.gridPos) throw new UndrawablePanelError(panel, 'no place on its board');
  const custom = (defaults.custom ?? {}) as {
    readonly fillOpacity?: number;
    readonly stacking?: { readonly mode?: string };
  };
  const asked = await Promise.all(
    targetsOf(panel).map(async ({ refId = '', expr, instant, legendFormat = '' }) => {
      const query = withChoices(expr, choices);
      const found = await (instant ? source.at(query, window.end) : source.over(query, window));
      return { refId, query, legendFormat, found };
    }),
  );
  const taken = new Set(asked.flatMap(({ refId }) => peculiarities(panel, refId).colour ?? []));
  let inPalette = 0;
  const series = asked.flatMap(({ refId, legendFormat, found }) => {
    const own = peculiarities(panel, refId);
    return found.map((each): SeriesView => ({
      name: named(legendFormat, each.labels),
      refId,
      unit: own.unit ?? unit,
      axis: own.right ? 'right' : 'left',
      colour: own.colour ?? colourOfSeries(inPalette++, taken),
      ownColour: own.colour !== undefined,
      dashed: own.dashed,
      stacked: own.dashed ? false : custom.stacking?.mode === 'normal',
      fill: own.dashed ? 0 : (custom.fillOpacity ?? 0) / 100,
      mappings: own.mappings ?? (defaults.mappings as readonly ValueMapping[] | undefined) ?? [],
      labels: each.labels,
      points: each.points,
    }));
  });
  return {
    id: panel.id ?? 0,
    kind: panel.type,
    title: panel.title ?? '',
    place: panel.gridPos,
    unit,
    ...(defaults.min !== undefined && defaults.min !== null && { min: defaults.min }),
    ...(defaults.max !== undefined && defaults.max !== null && { max: defaults.max }),
    thresholds: (defaults.thresholds?.steps ?? []).map(({ value, color }) => ({
      from: value ?? -Infinity,
      colour: colourNamed(color),
    })),
    nothing: defaults.noValue ?? 'No data',
    window,
    series,
    silent: asked
      .filter(
        ({ refId, found }) =>
          !peculiarities(panel, refId).dashed && found.every(({ points }) => points.length === 0),
      )
      .map(({ refId, query }) => ({ refId, expr: query })),
    columns: columnsOf(panel),
  };
}

/** The names that more than one series of a panel has: a reader cannot tell these apart. */
export function repeatedNames({ series, kind }: PanelView): readonly string[] {
  if (kind === 'table') return [];
  const names = series.map(({ name }) => name);
  return [...new Set(names.filter((name, index) => names.indexOf(name) !== index))];
}

interface Peculiarities {
  readonly unit?: Unit;
  readonly right: boolean;
  readonly colour?: string;
  readonly dashed: boolean;
  readonly mappings?: readonly ValueMapping[];
}

function peculiarities(panel: Panel, refId: string): Peculiarities {
  const own = (panel.fieldConfig?.overrides ?? [])
    .filter(({ matcher }) => matcher.id === 'byFrameRefID' && matcher.options === refId)
    .flatMap(({ properties }) => properties)
    .reduce<Peculiarities>((found, property) => ({ ...found, ...peculiarity(panel, property) }), {
      right: false,
      dashed: false,
    });
  return own;
}

function peculiarity(panel: Panel, { id, value }: DynamicConfigValue): Partial<Peculiarities> {
  switch (id) {
    case 'unit':
      if (!isUnit(value as string)) throw new UndrawablePanelError(panel, `the unit ${String(value)}`);
      return { unit: value as Unit };
    case 'custom.axisPlacement':
      return { right: value === 'right' };
    case 'color':
      return { colour: colourNamed((value as { readonly fixedColor: string }).fixedColor) };
    case 'custom.lineStyle':
      return { dashed: (value as { readonly fill: string }).fill === 'dash' };
    case 'mappings':
      return { mappings: value as readonly ValueMapping[] };
    case 'custom.fillOpacity':
    case 'custom.stacking':
      return {}; // both only ever accompany a dashed line, which has neither
    default:
      throw new UndrawablePanelError(panel, `the override ${id}`);
  }
}

/** A legend with the labels of a series filled in, as Grafana does it. */
export function named(legend: string, labels: Series['labels']): string {
  return legend.replace(/\{\{\s*(\w+)\s*\}\}/g, (_, label: string) => labels[label] ?? '').trim();
}

function columnsOf(panel: Panel): PanelView['columns'] {
  if (panel.type !== 'table') return [];
  const organize = panel.transformations?.find(({ id }) => id === 'organize')?.options as
    | {
        readonly indexByName: Readonly<Record<string, number>>;
        readonly renameByName: Readonly<Record<string, string>>;
      }
    | undefined;
  if (!organize) throw new UndrawablePanelError(panel, 'columns in no stated order');
  return Object.entries(organize.indexByName)
    .sort(([, one], [, other]) => one - other)
    .map(([label]) => ({ label, title: organize.renameByName[label] ?? label }));
}

/** What a value is called, and the colour it gives, where a panel has words for it. */
export function mapped(
  value: number,
  mappings: readonly ValueMapping[],
): { readonly text: string; readonly colour: string } | undefined {
  for (const mapping of mappings) {
    const result =
      mapping.type === MappingType.ValueToText
        ? mapping.options[String(value)]
        : mapping.type === MappingType.RangeToText &&
            value >= (mapping.options.from ?? -Infinity) &&
            value <= (mapping.options.to ?? Infinity)
          ? mapping.options.result
          : undefined;
    if (result?.text !== undefined && result.color !== undefined) {
      return { text: result.text, colour: colourNamed(result.color) };
    }
  }
  return undefined;
}
