import { z } from 'zod';
import type { Environment } from './environment';
import { jobs } from './jobs';
import { isDuration } from './model/duration';
import { locales } from './model/text';
import { alertGroups } from './rules';

/** An environment holds a value that cannot be right. Nothing has been written when this is thrown. */
export class EnvironmentError extends Error {
  override readonly name = 'EnvironmentError';

  constructor(
    readonly environment: string,
    readonly problems: readonly string[],
  ) {
    super(
      `environment "${environment}" cannot be used:\n${problems.map((line) => `  - ${line}`).join('\n')}`,
    );
  }
}

const refined = (test: (text: string) => boolean, remedy: string) => z.string(remedy).refine(test, remedy);

const duration = refined(
  (text) => isDuration(text) && !/^0/.test(text),
  'write a duration above zero in one unit, such as 15s or 5m',
);
const address = refined((text) => {
  const port = Number(/^[^\s:/]+:(\d+)$/.exec(text)?.[1] ?? /^\[[0-9a-f:]+\]:(\d+)$/i.exec(text)?.[1]);
  return port >= 1 && port <= 65_535;
}, 'write host:port, such as postgres-exporter:9187');
const url = refined(
  (text) => /^https?:\/\/[^\s/]+/.test(text) && URL.canParse(text) && !text.endsWith('/'),
  'write a full http or https address without a slash at the end, such as https://grafana.example.com',
);
const mailAddress = refined(
  (text) => /^[^\s@]+@[^\s@]+\.[^\s@.]+$/.test(text),
  'write one mail address, such as ops@example.com',
);
const text = z.string('write a text').min(1, 'write a text that is not empty');
const labels = z.record(
  z.string().regex(/^[a-zA-Z_][a-zA-Z0-9_]*$/, 'name labels with letters, digits and underscores'),
  text,
);
const secret = z.strictObject({
  file: refined((path) => path.startsWith('/'), 'write the absolute path of the file that holds the secret'),
  key: text,
});
const listTargets = 'list at least one host:port, or write false to leave the job and its alerts out';
const targets = z.array(address, listTargets).min(1, listTargets);
const retune =
  'write false to leave the alert out, or an object with what is different: for, labels, threshold';

const schema = z.strictObject({
  name: refined(
    (name) => /^[a-z0-9]([a-z0-9-]*[a-z0-9])?$/.test(name),
    'use small letters, digits and hyphens, such as production',
  ),
  externalLabels: z.strictObject({ cluster: text, environment: text }),
  locale: z.enum(locales, `choose one of ${locales.join(', ')}`),
  timeZone: z.strictObject({
    offsetMinutes: z
      .int('write whole minutes east of UTC, such as 480 for Beijing')
      .min(-720, 'no zone is more than 12 hours west of UTC')
      .max(840, 'no zone is more than 14 hours east of UTC'),
    name: z.strictObject({ zh: text, en: text }),
  }),
  scrapeInterval: duration,
  evaluationInterval: duration,
  urls: z.strictObject({ prometheus: url, alertmanager: url, grafana: url, runbooks: url }),
  targets: z.strictObject(
    Object.fromEntries(jobs.map((job) => [job.name, z.union([z.literal(false), targets])])),
  ),
  namespaces: z
    .array(
      refined(
        (name) => /^[a-z0-9]([a-z0-9-]*[a-z0-9])?$/.test(name),
        'write the name of a namespace, such as chatroom',
      ),
    )
    .min(1, 'list at least one namespace, or leave the field out')
    .optional(),
  alertmanagers: z.array(address).min(1, 'list at least one host:port; without it no alert reaches anybody'),
  notifications: z.strictObject({
    mail: z.strictObject({
      smarthost: address,
      from: mailAddress,
      authentication: z.strictObject({ username: text, password: secret }).optional(),
      requireTls: z.boolean('write true or false').optional(),
      to: z.strictObject({
        operations: mailAddress,
        critical: mailAddress,
        chatroomTeam: mailAddress,
        databaseTeam: mailAddress,
      }),
    }),
    slack: z.strictObject({
      channel: refined((name) => /^[#@][^\s]+$/.test(name), 'write a channel such as #critical-alerts'),
      url: secret,
    }),
    chatroomWebhook: z.strictObject({ url, token: secret.optional() }),
    deadMansSwitch: z.strictObject({ url: z.union([url, secret]), token: secret.optional() }),
  }),
  alerts: z
    .strictObject(
      Object.fromEntries(
        alertGroups
          .flatMap((group): readonly { readonly name: string; readonly threshold?: number }[] => group.alerts)
          .map((alert) => [
            alert.name,
            z
              .union([
                z.literal(false),
                z.strictObject(
                  {
                    for: duration.optional(),
                    labels: labels.optional(),
                    threshold:
                      alert.threshold === undefined
                        ? z.undefined('leave it out: this alert compares nothing with a threshold').optional()
                        : z.number('write a number').optional(),
                  },
                  retune,
                ),
              ])
              .optional(),
          ]),
      ),
    )
    .optional(),
});

/**
 * Returns the environment when every value in it can be right.
 *
 * @throws EnvironmentError that names each wrong field, its value and what to write instead.
 */
export function checkedEnvironment(environment: Environment): Environment {
  const result = schema.safeParse(environment);
  if (result.success) return environment;
  const problems = result.error.issues.flatMap((issue) => describe(issue, environment));
  throw new EnvironmentError(String(environment.name), problems);
}

function describe(issue: z.core.$ZodIssue, input: unknown, prefix: readonly PropertyKey[] = []): string[] {
  const path = [...prefix, ...issue.path];
  // Of a union the variant that was meant is the one that got furthest.
  if (issue.code === 'invalid_union') {
    const meant = issue.errors.toSorted((a, b) => depth(b) - depth(a))[0] ?? [];
    return meant.flatMap((inner) => describe(inner, input, path));
  }
  const field = path.map(String).join('.') || '(the environment)';
  if (issue.code === 'unrecognized_keys') {
    return issue.keys.map(
      (key) => `${[...path, key].map(String).join('.')}: no such field; remove it or mend its spelling`,
    );
  }
  const value = path.reduce<unknown>(
    (at, key) =>
      at === null || typeof at !== 'object' ? undefined : (at as Record<PropertyKey, unknown>)[key],
    input,
  );
  return [
    `${field}: ${value === undefined ? 'missing' : `${JSON.stringify(value)} is not usable`}; ${remedy(issue)}`,
  ];
}

/** Of a wrong key zod says only that it is wrong; why is said inside. */
function remedy(issue: z.core.$ZodIssue): string {
  return (issue.code === 'invalid_key' && issue.issues[0]?.message) || issue.message;
}

/** A variant that is one fixed value is never what an unusable value was meant to be. */
function depth(issues: readonly z.core.$ZodIssue[]): number {
  return Math.max(...issues.map((issue) => issue.path.length + (issue.code === 'invalid_value' ? 0 : 0.5)));
}
