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

export const nginxMetrics = [nginxUp, nginxConnectionsActive, nginxHttpRequestsTotal] as const;
