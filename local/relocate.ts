import type { AlertmanagerConfig } from '../monitoring/render/alertmanager';
import type { PrometheusConfig } from '../monitoring/render/prometheus';
import type { RuleFile } from '../monitoring/render/rules';

/** Where the things that the documents name are on this machine. Keys are what the documents say. */
export interface Whereabouts {
  /** `host:port` of a target or an Alertmanager -> one or several on loopback. */
  readonly addresses: ReadonlyMap<string, readonly string[]>;
  /** Files with secrets. */
  readonly files: ReadonlyMap<string, string>;
  /** Addresses that something is posted to. */
  readonly urls: ReadonlyMap<string, string>;
  /** Beginnings of links for people. */
  readonly links: ReadonlyMap<string, string>;
  /** `host:port` of the SMTP server. */
  readonly smarthost: string;
}

/** The documents name something that the local mode does not run. */
export class UnknownPlaceError extends Error {
  override readonly name = 'UnknownPlaceError';
}

export function relocatedPrometheus(config: PrometheusConfig, where: Whereabouts): PrometheusConfig {
  return {
    ...config,
    alerting: { alertmanagers: config.alerting.alertmanagers.map((entry) => withTargets(entry, where)) },
    scrape_configs: config.scrape_configs.map((job) => {
      if (!('static_configs' in job)) {
        throw new UnknownPlaceError(
          `job ${job.job_name} finds its targets by a service discovery that is not on this machine; leave it out of the environment`,
        );
      }
      return { ...withTargets(job, where), job_name: job.job_name };
    }),
  };
}

export function relocatedRules(file: RuleFile, where: Whereabouts): RuleFile {
  return mapTexts(file, (text) => relocatedLink(text, where)) as RuleFile;
}

export function relocatedAlertmanager(config: AlertmanagerConfig, where: Whereabouts): AlertmanagerConfig {
  const relocated = mapTexts(config, (text, key) => {
    if (key.endsWith('_file')) return known(where.files, text, `file (${key})`);
    if (key === 'url') return known(where.urls, text, 'address (url)');
    return text;
  }) as AlertmanagerConfig;
  return {
    ...relocated,
    // The mail catcher is on loopback and speaks plain SMTP; the password still has to be right.
    global: { ...relocated.global, smtp_smarthost: where.smarthost, smtp_require_tls: false },
  };
}

function withTargets(
  entry: Readonly<Record<string, unknown>>,
  where: Whereabouts,
): Readonly<Record<string, unknown>> {
  const configs = entry['static_configs'] as readonly { readonly targets: readonly string[] }[];
  return {
    ...entry,
    static_configs: configs.map((config) => ({
      ...config,
      targets: config.targets.flatMap((target) => known(where.addresses, target, 'target')),
    })),
  };
}

function relocatedLink(text: string, { links }: Whereabouts): string {
  const found = [...links].find(([beginning]) => text.startsWith(beginning));
  return found ? found[1] + text.slice(found[0].length) : text;
}

function known<T>(places: ReadonlyMap<string, T>, name: string, what: string): T {
  const place = places.get(name);
  if (place === undefined) {
    throw new UnknownPlaceError(
      `dist/standalone names the ${what} ${name}, which the local mode does not run; it knows ${[...places.keys()].join(', ')}. Add it to local/whereabouts.ts`,
    );
  }
  return place;
}

function mapTexts(value: unknown, map: (text: string, key: string) => string, key = ''): unknown {
  if (typeof value === 'string') return map(value, key);
  if (Array.isArray(value)) return value.map((each) => mapTexts(each, map, key));
  if (value === null || typeof value !== 'object') return value;
  return Object.fromEntries(
    Object.entries(value).map(([field, child]) => [field, mapTexts(child, map, field)]),
  );
}
