import { query } from '../../../local/observe/prometheus';
import type { Site } from '../../../local/site';

/** Every alert that fires or is about to, in words: what to look at when somebody waits for a message in vain. */
export async function alertsStanding(site: Site): Promise<string> {
  const alerts = await query(site, 'count by (alertname, alertstate) (ALERTS{severity!="none"})');
  const told = alerts.map(({ labels }) => `${labels['alertname']} ${labels['alertstate']}`).sort();
  return `Prometheus has ${told.length === 0 ? 'no alert' : told.join(', ')}`;
}
