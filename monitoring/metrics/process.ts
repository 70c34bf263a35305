import { gauge } from '../model/metric';

/** What every process that is scraped says about itself, whatever language it is written in. */

export const processStartTimeSeconds = gauge({
  name: 'process_start_time_seconds',
  help: 'When the process started, in seconds since 1970.',
});

export const processMetrics = [processStartTimeSeconds] as const;
