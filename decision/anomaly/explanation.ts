import type { Judgement, Voice } from './judgement';
import { models } from './models';

/**
 * A judgement in words, one statement a line: what was seen, what was expected, who says so, since when, and
 * against how much past. Empty for a usual sample.
 */
export function explain(judgement: Judgement): readonly string[] {
  const { verdict, time, value, score, bar, voices, history, since } = judgement;
  if (verdict === 'usual') return [];
  const loudest = voices[0];
  return [
    `${instant(time)}: ${value === undefined ? 'no value' : `value ${figure(value)}`}, ${expectation(loudest)}`,
    ...(verdict === 'onset'
      ? [`score ${score.toFixed(3)}, an alarm from ${bar.toFixed(3)} on`]
      : [`still there since ${instant(since ?? time)}`]),
    ...voices.map(
      ({ model, score: loudness }) =>
        `${model} (${loudness.toFixed(2)}): ${seenBy.get(model) ?? 'unknown model'}`,
    ),
    `not seen before in ${history.records} records over ${history.days.toFixed(1)} days`,
  ];
}

const seenBy: ReadonlyMap<string, string> = new Map(models.map(({ name, sees }) => [name, sees]));

function expectation(voice: Voice | undefined): string {
  const expected = voice?.expected;
  return expected
    ? `expected ${figure(expected.lower)} to ${figure(expected.upper)}`
    : 'no band to compare with';
}

function figure(value: number): string {
  return Number(value.toPrecision(4)).toString();
}

function instant(time: number): string {
  return new Date(time).toISOString();
}
