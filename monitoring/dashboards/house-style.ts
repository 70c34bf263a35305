import {
  AxisPlacement,
  BigValueColorMode,
  BigValueGraphMode,
  BigValueTextMode,
  LegendDisplayMode,
  LegendPlacement,
  ReduceDataOptionsBuilder,
  SortOrder,
  TooltipDisplayMode,
  VisibilityMode,
  VizLegendOptionsBuilder,
  VizTooltipOptionsBuilder,
} from '@grafana/grafana-foundation-sdk/common';
import {
  type DynamicConfigValue,
  FieldColorBuilder,
  FieldColorModeId,
  MappingType,
  ThresholdsConfigBuilder,
  ThresholdsMode,
  type ValueMapping,
} from '@grafana/grafana-foundation-sdk/dashboard';
import { DataqueryBuilder } from '@grafana/grafana-foundation-sdk/prometheus';
import { PanelBuilder as StatBuilder } from '@grafana/grafana-foundation-sdk/stat';
import { PanelBuilder as TimeseriesBuilder } from '@grafana/grafana-foundation-sdk/timeseries';
import type { Text } from '../model/text';
import type { Colour } from './colours';
import { colours } from './colours';
import { chosenDatasource } from './datasource';
import type { Setting } from './plan';
import type { Unit } from './units';

/** One query of a panel and what its series are called. */
export interface Query {
  readonly expr: string;
  /** Must tell apart every series of the panel: name each label that is left, as `{{instance}}`. */
  readonly legend: Text | string;
  /** @default - the unit of the panel; a different one gets the axis on the right */
  readonly unit?: Unit;
  /** @default - the next colour of the palette */
  readonly colour?: Colour;
  /** Words for values that are states. @default - none */
  readonly mappings?: readonly ValueMapping[];
}

interface PanelProps {
  readonly title: Text;
  /** What is seen, and what to make of it: shown behind the (i) of the panel. */
  readonly description: Text;
  readonly unit: Unit;
  readonly queries: readonly Query[];
}

/** Curves over time. A gap stays a gap: it says that nothing was measured. */
export function curves(setting: Setting, props: PanelProps): TimeseriesBuilder {
  return dressed(new TimeseriesBuilder(), setting, props, { instant: false })
    .min(0)
    .lineWidth(2)
    .fillOpacity(8)
    .showPoints(VisibilityMode.Never)
    .spanNulls(false)
    .legend(
      new VizLegendOptionsBuilder()
        .showLegend(true)
        .displayMode(LegendDisplayMode.List)
        .placement(LegendPlacement.Bottom),
    )
    .tooltip(new VizTooltipOptionsBuilder().mode(TooltipDisplayMode.Multi).sort(SortOrder.Descending));
}

/**
 * Figures as they are now. Asked as of now rather than over the time of the board, so that a target that is gone
 * does not go on showing the last thing it said.
 */
export function figures(setting: Setting, props: PanelProps): StatBuilder {
  return dressed(new StatBuilder(), setting, props, { instant: true })
    .colorMode(BigValueColorMode.Value)
    .graphMode(BigValueGraphMode.None)
    .textMode(BigValueTextMode.ValueAndName)
    .reduceOptions(new ReduceDataOptionsBuilder().calcs(['lastNotNull']))
    .noValue(setting.say({ zh: '无目标', en: 'No target' }));
}

/** Words and colours for a share of targets that answer. */
export function availabilityMappings({ say }: Setting): readonly ValueMapping[] {
  return [
    {
      type: MappingType.ValueToText,
      options: {
        '1': { text: say({ zh: '正常', en: 'Up' }), color: colours.good, index: 0 },
        '0': { text: say({ zh: '中断', en: 'Down' }), color: colours.bad, index: 1 },
      },
    },
    {
      type: MappingType.RangeToText,
      options: {
        from: 0,
        to: 1,
        result: { text: say({ zh: '部分中断', en: 'Degraded' }), color: colours.worrying, index: 2 },
      },
    },
  ];
}

function dressed<B extends TimeseriesBuilder | StatBuilder>(
  builder: B,
  { say }: Setting,
  { title, description, unit, queries }: PanelProps,
  { instant }: { readonly instant: boolean },
): B {
  builder
    .title(say(title))
    .description(say(description))
    .datasource(chosenDatasource)
    .unit(unit)
    .colorScheme(
      new FieldColorBuilder().mode(instant ? FieldColorModeId.Thresholds : FieldColorModeId.PaletteClassic),
    )
    .thresholds(
      new ThresholdsConfigBuilder()
        .mode(ThresholdsMode.Absolute)
        .steps([{ value: null, color: colours.notable }]),
    )
    .targets(queries.map((query, index) => target(query, refId(index), say, instant)));
  queries.forEach((query, index) => {
    const properties = peculiarities(query, unit, instant);
    if (properties.length > 0) builder.overrideByQuery(refId(index), properties);
  });
  return builder;
}

function target(
  { expr, legend }: Query,
  id: string,
  say: (text: Text) => string,
  instant: boolean,
): DataqueryBuilder {
  const query = new DataqueryBuilder()
    .refId(id)
    .datasource(chosenDatasource)
    .expr(expr)
    .legendFormat(typeof legend === 'string' ? legend : say(legend));
  return instant ? query.instant() : query.range();
}

/** What sets the series of one query apart from the rest of its panel. */
function peculiarities(query: Query, panelUnit: Unit, instant: boolean): DynamicConfigValue[] {
  const ofItsOwn = query.unit !== undefined && query.unit !== panelUnit;
  return [
    ...(ofItsOwn ? [{ id: 'unit', value: query.unit }] : []),
    ...(ofItsOwn && !instant ? [{ id: 'custom.axisPlacement', value: AxisPlacement.Right }] : []),
    ...(query.colour
      ? [{ id: 'color', value: { mode: FieldColorModeId.Fixed, fixedColor: query.colour } }]
      : []),
    ...(query.mappings ? [{ id: 'mappings', value: query.mappings }] : []),
  ];
}

/** `A`, `B`, ... as Grafana letters the queries of a panel. */
function refId(index: number): string {
  return String.fromCharCode('A'.charCodeAt(0) + index);
}
