import { z } from 'zod';
import type { Site } from '../site';
import { getJson } from './get-json';

const labels = z.record(z.string(), z.string());
const instant = z.object({
  data: z.object({ result: z.array(z.object({ metric: labels, value: z.tuple([z.number(), z.string()]) })) }),
});
const targets = z.object({
  data: z.object({
    activeTargets: z.array(
      z.object({ labels, health: z.enum(['up', 'down', 'unknown']), lastError: z.string() }),
    ),
  }),
});

export interface Sample {
  readonly labels: Readonly<Record<string, string>>;
  readonly value: number;
}

/** What Prometheus answers to a query now; a scalar is not a vector and is refused. */
export async function query(site: Site, promql: string): Promise<readonly Sample[]> {
  const url = site.url('prometheus', `/api/v1/query?query=${encodeURIComponent(promql)}`);
  const { data } = await getJson(url, instant);
  return data.result.map(({ metric, value }) => ({ labels: metric, value: Number(value[1]) }));
}

/** Targets that were not scraped with success the last time, or not at all yet. */
export async function unhealthyTargets(site: Site): Promise<readonly string[]> {
  const { data } = await getJson(site.url('prometheus', '/api/v1/targets?state=active'), targets);
  const unhealthy = data.activeTargets.filter(({ health }) => health !== 'up');
  return data.activeTargets.length === 0
    ? ['no target at all']
    : unhealthy.map((target) => `${target.labels['job']} ${target.labels['instance']}: ${target.lastError}`);
}
