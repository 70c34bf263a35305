import {
  AxisPlacement,
  BigValueColorMode,
  BigValueGraphMode,
  BigValueTextMode,
  LegendDisplayMode,
  LegendPlacement,
  ReduceDataOptionsBuilder,
  SortOrder,
  StackingConfigBuilder,
  StackingMode,
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
import { DataqueryBuilder, PromQueryFormat } from '@grafana/grafana-foundation-sdk/prometheus';
import { PanelBuilder as StatBuilder } from '@grafana/grafana-foundation-sdk/stat';
import { PanelBuilder as StateTimelineBuilder } from '@grafana/grafana-foundation-sdk/statetimeline';
import { PanelBuilder as TableBuilder } from '@grafana/grafana-foundation-sdk/table';
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
  /** Whether it is a bound that the other curves must stay below, drawn dashed. @default false */
  readonly bound?: boolean;
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
    .fillOpacity(0)
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

/** Curves that add up to something: parts of a whole, each on top of the one before. */
export function layers(setting: Setting, props: PanelProps): TimeseriesBuilder {
  return curves(setting, props)
    .lineWidth(1)
    .fillOpacity(30)
    .stacking(new StackingConfigBuilder().mode(StackingMode.Normal).group('A'));
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

/** Bands over time, one for each series, coloured while there is a value. */
export function bands(setting: Setting, props: PanelProps): StateTimelineBuilder {
  const { say } = setting;
  return dressed(new StateTimelineBuilder(), setting, props, { instant: false })
    .mappings([
      {
        type: MappingType.ValueToText,
        options: {
          '2': { text: say({ zh: '严重', en: 'Critical' }), color: colours.bad, index: 0 },
          '1': { text: say({ zh: '警告', en: 'Warning' }), color: colours.worrying, index: 1 },
          '0': { text: say({ zh: '心跳', en: 'Heartbeat' }), color: colours.good, index: 2 },
        },
      },
    ])
    .mergeValues(true)
    .showValue(VisibilityMode.Never)
    .rowHeight(0.8)
    .legend(
      new VizLegendOptionsBuilder()
        .showLegend(true)
        .displayMode(LegendDisplayMode.List)
        .placement(LegendPlacement.Bottom),
    )
    .noValue(say({ zh: '没有告警', en: 'Nothing fires' }));
}

interface RowsProps extends Omit<PanelProps, 'queries'> {
  readonly query: Pick<Query, 'expr' | 'legend'>;
  /** Labels that become columns, in this order. */
  readonly columns: Readonly<Record<string, Text>>;
  /** What the column of the value is called. */
  readonly value: Text;
  /** Where a click on a column leads. @default - nowhere */
  readonly links?: Readonly<Record<string, { readonly title: string; readonly url: string }>>;
}

/** A table of what is there now, a row for each series. */
export function rows(
  setting: Setting,
  { query, columns, value, links = {}, ...props }: RowsProps,
): TableBuilder {
  const { say } = setting;
  const names = [...Object.keys(columns), 'Value'];
  const table = dressed(new TableBuilder(), setting, { ...props, queries: [query] }, { instant: true })
    .noValue(say({ zh: '没有告警', en: 'Nothing fires' }))
    .withTransformation({
      id: 'organize',
      options: {
        excludeByName: { Time: true },
        indexByName: Object.fromEntries(names.map((name, index) => [name, index])),
        renameByName: {
          ...Object.fromEntries(Object.entries(columns).map(([name, title]) => [name, say(title)])),
          Value: say(value),
        },
      },
    });
  for (const [name, link] of Object.entries(links)) {
    table.overrideByName(name, [{ id: 'links', value: [{ ...link, targetBlank: true }] }]);
  }
  return table;
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

/** Colours for a share that should be high: good from one value on, worrying from another, bad below. */
export function colouredFrom(steps: {
  readonly worrying: number;
  readonly good: number;
}): ThresholdsConfigBuilder {
  return new ThresholdsConfigBuilder().mode(ThresholdsMode.Absolute).steps([
    { value: null, color: colours.bad },
    { value: steps.worrying, color: colours.worrying },
    { value: steps.good, color: colours.good },
  ]);
}

/** Words and colours for something that should be so. */
export function yesNoMappings({ say }: Setting): readonly ValueMapping[] {
  return [
    {
      type: MappingType.ValueToText,
      options: {
        '1': { text: say({ zh: '是', en: 'Yes' }), color: colours.good, index: 0 },
        '0': { text: say({ zh: '否', en: 'No' }), color: colours.bad, index: 1 },
      },
    },
  ];
}

function dressed<B extends TimeseriesBuilder | StatBuilder | StateTimelineBuilder | TableBuilder>(
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
    .targets(
      queries.map((query, index) => {
        const asked = target(query, refId(index), say, instant);
        return builder instanceof TableBuilder ? asked.format(PromQueryFormat.Table) : asked;
      }),
    );
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
    ...(query.bound
      ? [
          { id: 'custom.lineStyle', value: { fill: 'dash', dash: [8, 6] } },
          { id: 'custom.fillOpacity', value: 0 },
          { id: 'custom.stacking', value: { mode: StackingMode.None, group: 'bound' } },
        ]
      : []),
  ];
}

/** `A`, `B`, ... as Grafana letters the queries of a panel. */
function refId(index: number): string {
  return String.fromCharCode('A'.charCodeAt(0) + index);
}
