import { parser } from '@prometheus-io/lezer-promql';
import { fromMilliseconds } from '../monitoring/model/duration';
import type { AlertmanagerConfig, RenderedRoute } from '../monitoring/render/alertmanager';
import type { PrometheusConfig, ScrapeConfig } from '../monitoring/render/prometheus';
import type { Rule, RuleFile } from '../monitoring/render/rules';

/**
 * Time, divided by a factor: the same rules, routes and thresholds, only quicker. Counts and ratios stay what
 * they are; `increase(x[5m]) > 20` with factor 30 asks for 20 within 10 seconds.
 */
export interface Compression {
  /** By how much every duration is divided; 1 leaves everything as it is. */
  readonly factor: number;
}

/** Scraping more often than this would measure the scheduler of this machine rather than its targets. */
const shortestIntervalMilliseconds = 500;

/**
 * Targets that take their time, whatever ours is: the PostgreSQL exporter waits a second before it reports that
 * its database is gone, and a scrape must be answered before the next one is due.
 */
const slowTargets: Readonly<Record<string, number>> = { 'postgres-exporter': 2_000 };

/** `rate` needs two samples, and the third and fourth for a scrape that is late. */
const shortestRangeMilliseconds = 4 * shortestIntervalMilliseconds;

/**
 * Prometheus tells those who scrape what there is to scrape every five seconds, so that at its start everything is
 * missing for as long.
 */
const shortestAbsenceMilliseconds = 8_000;

const secondsPer = { ms: 0.001, s: 1, m: 60, h: 3_600, d: 86_400, w: 604_800, y: 31_536_000 } as const;

/** The length of a duration as Prometheus writes it: `5m`, `1h30m`, or seconds as a plain number. */
export function durationInMilliseconds(text: string): number {
  if (/^\d+(\.\d+)?$/.test(text)) return Number(text) * 1_000;
  const parts = [...text.matchAll(/(\d+)(ms|[smhdwy])/g)];
  if (parts.length === 0 || parts.map(([part]) => part).join('') !== text) {
    throw new RangeError(`"${text}" is not a duration; write whole numbers with ms, s, m, h, d, w or y`);
  }
  return parts.reduce(
    (sum, [, count, unit]) => sum + Number(count) * secondsPer[unit as keyof typeof secondsPer] * 1_000,
    0,
  );
}

/** One duration, divided; zero stays zero. @param floor - in milliseconds; never makes a duration longer than it was */
export function compressedDuration(text: string, { factor }: Compression, floor = 0): string {
  const original = durationInMilliseconds(text);
  if (factor === 1) return text;
  return fromMilliseconds(Math.min(original, Math.max(original / factor, floor)));
}

/** How long an alert waits before it fires; whether something is missing nobody knows as long as Prometheus starts. */
export function compressedFor(
  { expr, for: held }: { readonly expr: string; readonly for: string },
  compression: Compression,
): string {
  return compressedDuration(held, compression, expr.includes('absent(') ? shortestAbsenceMilliseconds : 0);
}

/** A query whose ranges, resolutions and offsets are divided, and whose texts, numbers and names are not. */
export function compressedQuery(query: string, compression: Compression): string {
  const edits: { from: number; to: number; text: string }[] = [];
  parser.parse(query).iterate({
    enter: (node) => {
      const text = query.slice(node.from, node.to);
      if (node.type.isError)
        throw new SyntaxError(`cannot read the query at "${query.slice(node.from)}": ${query}`);
      if (node.name === 'NumberDurationLiteralInDurationContext') {
        const floor = node.node.parent?.name === 'OffsetDurationExpr' ? 0 : shortestRangeMilliseconds;
        edits.push({ from: node.from, to: node.to, text: compressedDuration(text, compression, floor) });
      }
      if (node.name === 'FunctionCall' && node.node.firstChild?.firstChild?.name === 'PredictLinear') {
        // Its second argument is a duration that wears the clothes of a number.
        const seconds = node.node.lastChild?.lastChild;
        if (seconds && compression.factor !== 1) {
          edits.push({ from: seconds.to, to: seconds.to, text: `) / ${compression.factor}` });
          edits.push({ from: seconds.from, to: seconds.from, text: '(' });
        }
      }
    },
  });
  return edits
    .sort((a, b) => b.from - a.from)
    .reduce((text, edit) => text.slice(0, edit.from) + edit.text + text.slice(edit.to), query);
}

export function compressedRules(file: RuleFile, compression: Compression): RuleFile {
  return {
    groups: file.groups.map((group) => ({
      ...group,
      ...(group.interval && { interval: compressedInterval(group.interval, compression) }),
      rules: group.rules.map((rule) => compressedRule(rule, compression)),
    })),
  };
}

function compressedRule(rule: Rule, compression: Compression): Rule {
  const expr = compressedQuery(rule.expr, compression);
  if (!('alert' in rule)) return { ...rule, expr };
  return {
    ...rule,
    expr,
    ...(rule.for && { for: compressedFor({ expr: rule.expr, for: rule.for }, compression) }),
    ...(rule.keep_firing_for && { keep_firing_for: compressedDuration(rule.keep_firing_for, compression) }),
  };
}

export function compressedPrometheus(config: PrometheusConfig, compression: Compression): PrometheusConfig {
  const { factor } = compression;
  const { scrape_interval: general } = config.global;
  return {
    ...config,
    global: intervals(config.global, compression),
    scrape_configs: config.scrape_configs.map((job): ScrapeConfig => {
      const slow = slowTargets[job.job_name] !== undefined && factor !== 1;
      // Both are stated: left out, the timeout would be cut to the interval of everybody else.
      const own = { ...(slow && { scrape_interval: general, scrape_timeout: general }), ...job };
      return { ...intervals(own, compression, job.job_name), job_name: job.job_name };
    }),
  };
}

/** The interval of scrapes, of a job or in general. */
export function compressedInterval(text: string, compression: Compression, job = ''): string {
  return compressedDuration(text, compression, slowTargets[job] ?? shortestIntervalMilliseconds);
}

/** A range in a query. */
export function compressedRange(text: string, compression: Compression): string {
  return compressedDuration(text, compression, shortestRangeMilliseconds);
}

/** Flags of Prometheus that are durations too, with their defaults divided. */
export function prometheusFlags(compression: Compression): readonly string[] {
  const divided = (text: string, floor = 0): string => compressedDuration(text, compression, floor);
  // What a slow target said has to count until it says something new.
  const shortestLookback = 4 * Math.max(...Object.values(slowTargets));
  return [
    `--query.lookback-delta=${divided('5m', shortestLookback)}`,
    `--rules.alert.resend-delay=${divided('1m', shortestIntervalMilliseconds)}`,
    `--rules.alert.for-grace-period=${divided('10m')}`,
    `--rules.alert.for-outage-tolerance=${divided('1h')}`,
  ];
}

/** The flag of Alertmanager that is a duration which an alert looks at, with its default divided. */
export function alertmanagerFlags(compression: Compression): readonly string[] {
  return [`--data.maintenance-interval=${compressedDuration('15m', compression)}`];
}

export function compressedAlertmanager(
  config: AlertmanagerConfig,
  compression: Compression,
): AlertmanagerConfig {
  const { resolve_timeout: resolveTimeout } = config.global;
  return {
    ...config,
    global: {
      ...config.global,
      ...(typeof resolveTimeout === 'string' && {
        resolve_timeout: compressedDuration(resolveTimeout, compression),
      }),
    },
    route: compressedRoute(config.route, compression),
  };
}

function compressedRoute(route: RenderedRoute, compression: Compression): RenderedRoute {
  const divided = Object.fromEntries(
    (['group_wait', 'group_interval', 'repeat_interval'] as const).flatMap((field) => {
      const text = route[field];
      return text === undefined ? [] : [[field, compressedDuration(text, compression)]];
    }),
  );
  return {
    ...route,
    ...divided,
    ...(route.routes && { routes: route.routes.map((child) => compressedRoute(child, compression)) }),
  };
}

function intervals(
  fields: Readonly<Record<string, unknown>>,
  compression: Compression,
  job?: string,
): Readonly<Record<string, unknown>> {
  const divided = (['scrape_interval', 'evaluation_interval'] as const).flatMap((field) => {
    const text = fields[field];
    return typeof text === 'string' ? [[field, compressedInterval(text, compression, job)]] : [];
  });
  const shorter = Object.fromEntries(divided) as Readonly<Record<string, string>>;
  const { scrape_timeout: timeout } = fields;
  const { scrape_interval: scrape } = shorter;
  // A target answers no sooner because it is asked more often; only the next scrape has to wait for it.
  const cut =
    typeof timeout === 'string' &&
    scrape !== undefined &&
    durationInMilliseconds(timeout) > durationInMilliseconds(scrape);
  return { ...fields, ...shorter, ...(cut && { scrape_timeout: scrape }) };
}
