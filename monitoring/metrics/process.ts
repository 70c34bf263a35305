import { counter, gauge } from '../model/metric';

/** What every process that is scraped says about itself, whatever language it is written in. */

export const processStartTimeSeconds = gauge({
  name: 'process_start_time_seconds',
  help: 'When the process started, in seconds since 1970.',
});

export const processCpuSecondsTotal = counter({
  name: 'process_cpu_seconds_total',
  help: 'CPU time the process has used, its own and what the kernel spent for it.',
});

export const processResidentMemoryBytes = gauge({
  name: 'process_resident_memory_bytes',
  help: 'Memory of the process that is in RAM.',
});

export const processOpenFds = gauge({
  name: 'process_open_fds',
  help: 'File handles the process has open, sockets included.',
});

export const processMaxFds = gauge({
  name: 'process_max_fds',
  help: 'File handles the process may open at most.',
});

export const processMetrics = [
  processStartTimeSeconds,
  processCpuSecondsTotal,
  processResidentMemoryBytes,
  processOpenFds,
  processMaxFds,
] as const;
