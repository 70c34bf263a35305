import { counter, gauge } from '../model/metric';

/** What the rules and boards use of the nginx exporter. */

export const nginxUp = gauge({ name: 'nginx_up', help: '1 when the exporter could read stub_status.' });

export const nginxConnectionsActive = gauge({
  name: 'nginx_connections_active',
  help: 'Client connections open right now, idle ones included.',
});

export const nginxHttpRequestsTotal = counter({
  name: 'nginx_http_requests_total',
  help: 'Requests that reached nginx.',
});

export const nginxConnectionsReading = gauge({
  name: 'nginx_connections_reading',
  help: 'Connections on which a request is arriving.',
});

export const nginxConnectionsWriting = gauge({
  name: 'nginx_connections_writing',
  help: 'Connections on which an answer is leaving; an open WebSocket is one of them.',
});

export const nginxConnectionsWaiting = gauge({
  name: 'nginx_connections_waiting',
  help: 'Connections kept open without a request.',
});

export const nginxConnectionsAccepted = counter({
  name: 'nginx_connections_accepted',
  help: 'Connections that clients opened.',
});

export const nginxConnectionsHandled = counter({
  name: 'nginx_connections_handled',
  help: 'Connections that were served; fewer than accepted when a limit was reached.',
});

export const nginxMetrics = [
  nginxUp,
  nginxConnectionsActive,
  nginxHttpRequestsTotal,
  nginxConnectionsReading,
  nginxConnectionsWriting,
  nginxConnectionsWaiting,
  nginxConnectionsAccepted,
  nginxConnectionsHandled,
] as const;
