import { gauge } from '../model/metric';

/** What Prometheus itself records about every target it scrapes. */

export const up = gauge({
  name: 'up',
  help: '1 when the last scrape of the target worked, 0 when it failed.',
});

export const scrapeDurationSeconds = gauge({
  name: 'scrape_duration_seconds',
  help: 'How long the last scrape of the target took.',
});

export const targetMetrics = [up, scrapeDurationSeconds] as const;
