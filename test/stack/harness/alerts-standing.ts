import { query } from '../../../local/observe/prometheus';
import type { Site } from '../../../local/site';

/** Every alert that fires or is about to, with its state, in words. */
export async function alertsStanding(site: Site): Promise<readonly string[]> {
  const alerts = await query(site, 'count by (alertname, alertstate) (ALERTS{severity!="none"})');
  return alerts.map(({ labels }) => `${labels['alertname']} ${labels['alertstate']}`).sort();
}

/** What to look at when somebody waits for a message in vain. */
export async function standingInPrometheus(site: Site): Promise<string> {
  return `Prometheus has ${(await alertsStanding(site)).join(', ') || 'no alert'}`;
}
