import { counter, histogram } from '../model/metric';

/** What nginx-log-exporter makes of the access log of nginx: what users are answered, seen from the front. */

/** Statuses by their first digit, and 499, by which nginx notes a client that left before its answer. */
export const statusClasses = ['1xx', '2xx', '3xx', '4xx', '499', '5xx'] as const;

export const nginxFrontendResponsesTotal = counter({
  name: 'nginx_frontend_responses_total',
  help: 'Responses given to clients, by class of their status; 499 is a client that left before.',
  labels: ['class'],
});

/** Why nginx had to answer in place of the chat server. */
export const upstreamFailures = ['unreachable', 'no_live_upstream'] as const;

export const nginxFrontendUpstreamFailuresTotal = counter({
  name: 'nginx_frontend_upstream_failures_total',
  help: 'Requests for which a chat server could not be reached, or for which nginx took none to be alive.',
  labels: ['reason'],
});

/** WebSocket connections are left out: they last for hours, and that is no delay. */
export const nginxFrontendRequestDurationSeconds = histogram({
  name: 'nginx_frontend_request_duration_seconds',
  help: 'Time from the first byte of a request to the last of its response, WebSocket connections left out, in seconds.',
  // nginx notes whole milliseconds, and between two bounds below that nothing would be told apart.
  buckets: [0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2, 5, 10, 30],
});

export const nginxFrontendLinesRefusedTotal = counter({
  name: 'nginx_frontend_lines_refused_total',
  help: 'Lines received that are no entry of the agreed format.',
});

export const nginxLogMetrics = [
  nginxFrontendResponsesTotal,
  nginxFrontendUpstreamFailuresTotal,
  nginxFrontendRequestDurationSeconds,
  nginxFrontendLinesRefusedTotal,
] as const;
