import { z } from 'zod';
import { models } from './models';

/** How a series is to be judged. Every field has a default, so that `policySchema.parse({})` is a policy. */
export const policySchema = z.strictObject({
  kind: z
    .enum(['gauge', 'counter'])
    .default('gauge')
    .describe('A counter is judged by its rate per second, and a fall of it is a restart, not a failure.'),
  falseAlarmsPerDay: z
    .number()
    .positive()
    .max(24)
    .default(1 / 30)
    .describe('Alarms that a series on which nothing is wrong may raise a day, on average.'),
  learningDays: z
    .number()
    .min(0)
    .default(8)
    .describe(
      'Days over which a new series is judged more leniently: a week, so that it has shown its weekend.',
    ),
  settling: z
    .number()
    .min(1)
    .default(30)
    .describe('Records over which a series gets over a surprise; until then only more surprise counts.'),
  models: z
    .strictObject(
      Object.fromEntries(
        models.map((model) => [model.name, z.union([z.literal(false), model.parameters]).optional()]),
      ),
    )
    .default({})
    .describe('Settings of single models by name, or false to leave a model out.'),
});

export type PolicyInput = z.input<typeof policySchema>;

/** A model with its settings, ready to run. */
export interface Setting {
  readonly model: (typeof models)[number];
  readonly parameters: unknown;
}

/** A policy with everything filled in. Build it once; it holds no state. */
export interface Policy extends Omit<z.output<typeof policySchema>, 'models'> {
  readonly settings: readonly Setting[];
}

/** @throws z.ZodError naming the field that does not fit. */
export function policyOf(input: PolicyInput = {}): Policy {
  const { models: chosen, ...rest } = policySchema.parse(input);
  const settings = models.flatMap((model) =>
    chosen[model.name] === false
      ? []
      : [{ model, parameters: chosen[model.name] ?? model.parameters.parse({}) }],
  );
  return { ...rest, settings };
}
