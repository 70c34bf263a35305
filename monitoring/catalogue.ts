import { checkedEnvironment } from './environment-check';
import type { Environment } from './environment';
import { jobs, type Job } from './jobs';
import type { Alert, AlertGroup, Recording, RecordingGroup } from './model/rule';
import type { Duration } from './model/duration';
import type { Inhibition, Route } from './model/route';
import type { NotificationContext, Receiver } from './model/receiver';
import type { Service } from './model/service';
import type { Severity } from './model/rule';
import { inLocale, type Text } from './model/text';
import { boards } from './dashboards';
import { boardLink } from './dashboards/links';
import { readsMissingJob } from './missing-jobs';
import { runbookUrl } from './runbook-url';
import type { Board } from './model/dashboard';
import { inhibitions } from './routing/inhibitions';
import { receivers, type ReceiverName } from './routing/receivers';
import { routingTree } from './routing/tree';
import { alertGroups, type AlertName } from './rules';
import { recordingGroups } from './rules/recordings';

/** An alert as one environment has it: retuned, in its language, with its links. */
export interface TunedAlert {
  readonly name: AlertName;
  readonly severity: Severity;
  readonly service: Service;
  readonly expr: string;
  readonly for: Duration;
  readonly keepFiringFor?: Duration;
  readonly labels: Readonly<Record<string, string>>;
  readonly summary: Text;
  readonly description: Text;
  /** What is delivered with it: its texts in the language of the environment, and where to look. */
  readonly annotations: Readonly<Record<string, string>>;
}

/** Everything that is measured in an environment and said about it. Renderers read this and nothing else. */
export interface Catalogue {
  readonly environment: Environment;
  readonly jobs: readonly Job[];
  readonly recordings: readonly RecordingGroup[];
  readonly alerts: readonly { readonly name: string; readonly alerts: readonly TunedAlert[] }[];
  readonly receivers: readonly Receiver<ReceiverName>[];
  readonly route: Route<ReceiverName>;
  readonly inhibitions: readonly Inhibition<AlertName>[];
  readonly boards: readonly Board[];
  readonly notificationContext: NotificationContext;
}

/**
 * The catalogue of an environment, frozen.
 *
 * @throws EnvironmentError when the environment holds a value that cannot be right.
 */
export function catalogue(given: Environment): Catalogue {
  const environment = checkedEnvironment(given);
  const present = jobs.filter((job) => environment.targets[job.name] !== false);
  const unseen = readsMissingJob(environment, []);
  const groups = recordingGroups.map((group) => ({
    ...group,
    recordings: group.recordings.map(({ exprWhere, ...recording }) => ({
      ...recording,
      expr: exprWhere?.((part) => !unseen(part)) ?? recording.expr,
    })),
  }));
  const blind = readsMissingJob(environment, allRecordings(groups));
  const recordings = groups
    .map((group) => ({ ...group, recordings: group.recordings.filter(({ expr }) => !blind(expr)) }))
    .filter((group) => group.recordings.length > 0);
  const alerts = (alertGroups as readonly AlertGroup<Alert<AlertName>>[])
    .map((group) => ({
      name: group.name,
      alerts: group.alerts
        .flatMap((alert) => tuned(alert, environment))
        .filter((alert) => !blind(alert.expr)),
    }))
    .filter((group) => group.alerts.length > 0);
  const names = new Set(alerts.flatMap((group) => group.alerts.map((alert) => alert.name)));
  return deepFreeze({
    environment,
    jobs: present,
    recordings,
    alerts,
    receivers: receivers(environment),
    route: routingTree,
    inhibitions: inhibitions.flatMap((inhibition) => among(names, inhibition)),
    boards: boards(environment, names),
    notificationContext: { locale: environment.locale, timeZone: environment.timeZone },
  });
}

/** Every recording, whatever group it is in. */
export function allRecordings(groups: readonly RecordingGroup[]): readonly Recording[] {
  return groups.flatMap((group) => group.recordings);
}

function tuned(alert: Alert<AlertName>, environment: Environment): readonly TunedAlert[] {
  const retuning = environment.alerts?.[alert.name];
  if (retuning === false) return [];
  const { locale, urls } = environment;
  return [
    {
      name: alert.name,
      severity: alert.severity,
      service: alert.service,
      expr: 'threshold' in alert ? alert.expr(retuning?.threshold ?? alert.threshold) : alert.expr(),
      for: retuning?.for ?? alert.for,
      ...(alert.keepFiringFor && { keepFiringFor: alert.keepFiringFor }),
      labels: { severity: alert.severity, service: alert.service, ...alert.labels, ...retuning?.labels },
      summary: alert.summary,
      description: alert.description,
      annotations: {
        summary: inLocale(alert.summary, locale),
        description: inLocale(alert.description, locale),
        runbook_url: runbookUrl(urls, alert.name),
        dashboard_url: boardLink(urls.grafana, alert.name),
      },
    },
  ];
}

/** An inhibition over the alerts that are there; none when a side is left without any. */
function among(
  names: ReadonlySet<AlertName>,
  inhibition: Inhibition<AlertName>,
): readonly Inhibition<AlertName>[] {
  const causes = inhibition.causes.filter((name) => names.has(name));
  const consequences = inhibition.consequences.filter((name) => names.has(name));
  return causes.length > 0 && consequences.length > 0 ? [{ ...inhibition, causes, consequences }] : [];
}

function deepFreeze<T>(value: T): T {
  if (value !== null && typeof value === 'object' && !Object.isFrozen(value)) {
    Object.freeze(value);
    Object.values(value).forEach(deepFreeze);
  }
  return value;
}
