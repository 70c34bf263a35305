import { catalogue, type Catalogue, type TunedAlert } from '../../../monitoring/catalogue';
import { production } from '../../../monitoring/environments/production';
import type { Check, Context } from '../../../monitoring/lint/problem';
import type { Recording } from '../../../monitoring/model/rule';

/** An alert in which nothing is wrong, except what a test plants in it. */
export function alert(planted: Partial<Record<keyof TunedAlert, unknown>>): TunedAlert {
  return {
    name: 'RedisDown',
    severity: 'critical',
    service: 'redis',
    expr: 'redis_up == 0',
    for: '1m',
    labels: { severity: 'critical', service: 'redis' },
    summary: { zh: 'Redis 不可用', en: 'Redis is down' },
    description: { zh: '无法查询 Redis', en: 'Redis cannot be queried' },
    annotations: {},
    ...planted,
  } as TunedAlert;
}

/** A recording in which nothing is wrong, except what a test plants in it. */
export function recording(planted: Partial<Recording>): Recording {
  return {
    name: 'job:up:sum',
    help: 'Targets that answer.',
    kind: 'gauge',
    labels: [],
    expr: 'sum by (job) (up)',
    ...planted,
  };
}

interface Planted extends Partial<Omit<Catalogue, 'alerts' | 'recordings'>> {
  readonly alerts?: readonly TunedAlert[];
  readonly recordings?: readonly Recording[];
}

/** The production catalogue with something planted in it. */
export function plant({ alerts, recordings, ...rest }: Planted = {}): Catalogue {
  return {
    ...catalogue(production),
    ...(alerts && { alerts: [{ name: 'planted', alerts }] }),
    ...(recordings && { recordings: [{ name: 'planted', recordings }] }),
    ...rest,
  };
}

const nothing: Context = { runbooks: new Map(), definedAlerts: [] };

/** What a check says about a catalogue, one line a problem. */
export function said(check: Check, planted: Planted, context: Context = nothing): readonly string[] {
  return check(plant(planted), context).map(({ subject, message }) => `${subject}: ${message}`);
}
