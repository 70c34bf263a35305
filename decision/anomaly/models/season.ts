import { z } from 'zod';
import { defineModel, type AnyModel } from '../model';
import { emptyEnvelope, widened, widthOf, type Envelope } from '../parts/envelope';
import { scoreOf } from '../parts/evidence';
import { forgottenAt } from '../parts/forgetting';
import { milestone } from '../parts/milestones';

const hour = 3_600_000;

const parameters = (bins: number, neighbours: number, tolerance: number) =>
  z.object({
    bins: z.int().min(2).max(200).default(bins).describe('Parts the period is cut into.'),
    neighbours: z
      .int()
      .min(0)
      .max(6)
      .default(neighbours)
      .describe('Parts on either side that count as the same time: people and jobs are not punctual.'),
    cycles: z.int().min(1).default(2).describe('Periods to be seen before the model speaks.'),
    tolerance: z
      .number()
      .positive()
      .default(tolerance)
      .describe(
        'Widths of the whole range beyond what this time of the period ever showed that score one half.',
      ),
    first: z.number().min(0).default(0.12).describe('Such widths at which it speaks first;'),
    growth: z.number().min(1).default(1.4).describe('then each time they have grown by this factor.'),
    calm: z
      .number()
      .min(0)
      .default(3)
      .describe('Hours without any exceedance after which one counts as over, and teaches.'),
    narrowing: z
      .number()
      .min(0)
      .max(1)
      .default(0.05)
      .describe('Share of the range of a time of the period that is forgotten with every period.'),
    records: z
      .number()
      .positive()
      .default(1000)
      .describe('Forgets earlier exceedances over so many records,'),
    days: z.number().positive().default(4).describe('or over so many days, whichever takes longer.'),
  });

type Parameters = z.infer<ReturnType<typeof parameters>>;

/** The smallest and largest value within one part of the running period. */
interface Part {
  readonly slot: number;
  readonly low: number;
  readonly high: number;
}

interface State {
  /** What each part of the period showed in the periods before: low, high, and how many periods. */
  readonly low: readonly number[];
  readonly high: readonly number[];
  readonly cycles: readonly number[];
  /** Parts of the running period that are still neighbours of now, and would else excuse what is going wrong. */
  readonly pending: readonly Part[];
  readonly overall: Envelope;
  /** The largest exceedance that is over, in widths of the whole range: the series is this unpunctual. */
  readonly worst: number;
  /** The largest of the running exceedance, which must not become its own excuse. */
  readonly running: number;
  /** Exceedance beyond the worst at which to speak next. */
  readonly next: number;
  readonly time: number;
  /** When the series last was outside of its band, milliseconds. */
  readonly outside: number;
}

/**
 * Each time of the period has an envelope of its own, learned from the periods before.
 *
 * Nobody says which period holds: where a series has none, every time of the period fills the whole range by
 * and by, and leaving it is no news. Exceedances count only beyond the largest so far, so that a series that does
 * not keep the period teaches the model its indifference.
 */
function season(name: string, sees: string, period: number, schema: z.ZodType<Parameters>): AnyModel {
  return defineModel<Parameters, State>({
    name,
    sees,
    parameters: schema,
    init: ({ bins, first }) => ({
      low: new Array<number>(bins).fill(0),
      high: new Array<number>(bins).fill(0),
      cycles: new Array<number>(bins).fill(0),
      pending: [],
      overall: emptyEnvelope,
      worst: 0,
      running: 0,
      next: first,
      time: 0,
      outside: 0,
    }),
    step(before, { time, value }, settings) {
      const slot = Math.floor((time / period) * settings.bins);
      const state = settled(before, slot, settings);
      const usual = usualAt(state, slot, settings);
      const width = widthOf(state.overall);
      const outside = usual && width > 0 ? Math.max(value - usual.high, usual.low - value, 0) / width : 0;
      const forget = state.overall.count === 0 ? 0 : forgottenAt(time - state.time, settings);
      const over = outside === 0 && time - state.outside >= settings.calm * hour;
      const beyond = outside - state.worst;
      const { speaks, next } =
        beyond > 0 || over
          ? milestone(beyond, state.next, settings.first, settings.growth)
          : { speaks: false, next: state.next };
      return {
        state: {
          ...state,
          pending: noted(state.pending, slot, value),
          overall: widened(state.overall, value),
          worst: (over ? Math.max(state.running, state.worst) : state.worst) * (1 - forget),
          running: over ? 0 : Math.max(outside, state.running),
          next,
          time,
          outside: outside > 0 ? time : state.outside,
        },
        score: speaks ? scoreOf(beyond, settings.tolerance, 2) : 0,
        expected: usual && { value: (usual.low + usual.high) / 2, lower: usual.low, upper: usual.high },
        lasting: beyond > 0,
      };
    },
  });
}

/** Takes the parts that are no longer neighbours of now into the memory of the period. */
function settled(state: State, slot: number, { bins, neighbours, narrowing }: Parameters): State {
  const isPast = (part: Part) => part.slot < slot - neighbours;
  if (!state.pending.some(isPast)) return state;
  const low = state.low.slice();
  const high = state.high.slice();
  const cycles = state.cycles.slice();
  for (const part of state.pending.filter(isPast)) {
    const bin = modulo(part.slot, bins);
    const give = (narrowing * (high[bin]! - low[bin]!)) / 2;
    const first = cycles[bin] === 0;
    low[bin] = first ? part.low : Math.min(part.low, low[bin]! + give);
    high[bin] = first ? part.high : Math.max(part.high, high[bin]! - give);
    cycles[bin]!++;
  }
  return { ...state, low, high, cycles, pending: state.pending.filter((part) => !isPast(part)) };
}

/** What the series showed around this time of the period; undefined before it was seen often enough. */
function usualAt(
  { low, high, cycles }: State,
  slot: number,
  { bins, neighbours, cycles: enough }: Parameters,
) {
  let lowest = Infinity;
  let highest = -Infinity;
  for (let near = slot - neighbours; near <= slot + neighbours; near++) {
    const bin = modulo(near, bins);
    if (cycles[bin]! < enough) return undefined;
    lowest = Math.min(lowest, low[bin]!);
    highest = Math.max(highest, high[bin]!);
  }
  return { low: lowest, high: highest };
}

function noted(pending: readonly Part[], slot: number, value: number): readonly Part[] {
  const last = pending.at(-1);
  if (last?.slot !== slot) return [...pending, { slot, low: value, high: value }];
  if (value >= last.low && value <= last.high) return pending;
  return [
    ...pending.slice(0, -1),
    { slot, low: Math.min(last.low, value), high: Math.max(last.high, value) },
  ];
}

function modulo(value: number, by: number): number {
  return ((value % by) + by) % by;
}

export const daily = season(
  'daily',
  'a value that is usual, but not at this time of the day',
  24 * hour,
  parameters(48, 2, 0.12),
);

export const weekly = season(
  'weekly',
  'a value that is usual, but not at this time of the week',
  7 * 24 * hour,
  parameters(84, 1, 0.25),
);
