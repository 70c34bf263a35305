import { z } from 'zod';
import type { Site } from '../site';
import { getJson } from './get-json';

const alerts = z.array(
  z.object({
    labels: z.record(z.string(), z.string()),
    status: z.object({
      state: z.enum(['active', 'suppressed', 'unprocessed']),
      inhibitedBy: z.array(z.string()),
    }),
  }),
);

/** An alert that Alertmanager knows to be firing. */
export interface FiringAlert {
  readonly name: string;
  readonly labels: Readonly<Record<string, string>>;
  /** Whether a cause mutes it. */
  readonly muted: boolean;
}

/** What says that something is wrong; the heartbeat of the chain says the opposite. */
export async function firingAlerts(site: Site): Promise<readonly FiringAlert[]> {
  const found = await getJson(site.url('alertmanager', '/api/v2/alerts?active=true'), alerts);
  return found
    .filter(({ labels }) => labels['severity'] !== 'none')
    .map(({ labels, status }) => ({
      name: labels['alertname'] ?? '',
      labels,
      muted: status.inhibitedBy.length > 0,
    }));
}
