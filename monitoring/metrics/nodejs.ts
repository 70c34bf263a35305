import { gauge } from '../model/metric';

/** What prom-client says about a Node.js process. */

export const nodejsEventloopLagP99Seconds = gauge({
  name: 'nodejs_eventloop_lag_p99_seconds',
  help: 'Delay of timers that 1 % exceeded since the last scrape; 0.01 is the resolution and means none.',
});

export const nodejsHeapSizeUsedBytes = gauge({
  name: 'nodejs_heap_size_used_bytes',
  help: 'Heap taken by objects, dead ones that were not collected yet included.',
});

export const nodejsActiveHandlesTotal = gauge({
  name: 'nodejs_active_handles_total',
  help: 'Sockets, servers and other handles that keep the process alive.',
});

export const nodejsMetrics = [
  nodejsEventloopLagP99Seconds,
  nodejsHeapSizeUsedBytes,
  nodejsActiveHandlesTotal,
] as const;
