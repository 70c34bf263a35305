import { collectDefaultMetrics, Counter, Histogram, Registry } from 'prom-client';
import {
  nginxFrontendLinesRefusedTotal,
  nginxFrontendRequestDurationSeconds,
  nginxFrontendResponsesTotal,
  nginxFrontendUpstreamFailuresTotal,
  statusClasses,
  upstreamFailures,
} from '../monitoring/metrics/nginx-log';
import { parseAccessLine } from './access-line';

/** The metrics of an access log: few series, whatever clients send. */
export class LogMetrics {
  readonly registry = new Registry();
  readonly #responses = new Counter({
    name: nginxFrontendResponsesTotal.name,
    help: nginxFrontendResponsesTotal.help,
    labelNames: ['class'],
    registers: [this.registry],
  });
  readonly #failures = new Counter({
    name: nginxFrontendUpstreamFailuresTotal.name,
    help: nginxFrontendUpstreamFailuresTotal.help,
    labelNames: ['reason'],
    registers: [this.registry],
  });
  readonly #durations = new Histogram({
    name: nginxFrontendRequestDurationSeconds.name,
    help: nginxFrontendRequestDurationSeconds.help,
    buckets: [...nginxFrontendRequestDurationSeconds.buckets!],
    registers: [this.registry],
  });
  readonly #refused = new Counter({
    name: nginxFrontendLinesRefusedTotal.name,
    help: nginxFrontendLinesRefusedTotal.help,
    registers: [this.registry],
  });

  constructor() {
    // Of the process only what every process says: what Node.js adds is judged as if users depended on it.
    const ofNode = new Registry();
    collectDefaultMetrics({ register: ofNode });
    for (const metric of ofNode.getMetricsAsArray()) {
      const registered = ofNode.getSingleMetric(metric.name);
      if (registered && metric.name.startsWith('process_')) this.registry.registerMetric(registered);
    }
    // A series that is born with its first error has no rate: the first error would be invisible.
    for (const name of statusClasses) this.#responses.inc({ class: name }, 0);
    for (const reason of upstreamFailures) this.#failures.inc({ reason }, 0);
  }

  /** Counts one datagram. */
  take(datagram: string): void {
    const line = parseAccessLine(datagram);
    if (!line) {
      this.#refused.inc();
      return;
    }
    const { status, seconds, webSocket, upstreamFailure } = line;
    this.#responses.inc({ class: status === 499 ? '499' : `${Math.floor(status / 100)}xx` });
    if (!webSocket) this.#durations.observe(seconds);
    if (upstreamFailure) this.#failures.inc({ reason: upstreamFailure });
  }
}
