import { z } from 'zod';
import { durationInMilliseconds } from '../compress';
import type { PortName } from '../ports';
import type { Site } from '../site';
import { getJson } from './get-json';

const targets = z.object({
  data: z.object({
    activeTargets: z.array(
      z.object({
        labels: z.record(z.string(), z.string()),
        lastScrape: z.coerce.date(),
        scrapeInterval: z.string(),
        scrapeTimeout: z.string(),
      }),
    ),
  }),
});

/** When Prometheus scrapes a target: always at the same moment of an interval. All in milliseconds. */
export interface ScrapeSchedule {
  /** Of the epoch. */
  readonly last: number;
  readonly interval: number;
  readonly timeout: number;
}

/** @throws Error when nothing is scraped there. */
export async function scrapeSchedule(site: Site, port: PortName): Promise<ScrapeSchedule> {
  const instance = `127.0.0.1:${site.ports[port]}`;
  const { data } = await getJson(site.url('prometheus', '/api/v1/targets?state=active'), targets);
  const target = data.activeTargets.find(({ labels }) => labels['instance'] === instance);
  if (!target) throw new Error(`Prometheus scrapes nothing at ${instance}`);
  return {
    last: target.lastScrape.getTime(),
    interval: durationInMilliseconds(target.scrapeInterval),
    timeout: durationInMilliseconds(target.scrapeTimeout),
  };
}
