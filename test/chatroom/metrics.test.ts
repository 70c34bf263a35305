import type { Registry } from 'prom-client';
import { ServerMetrics } from '../../chatroom/metrics/server-metrics';
import { WebhookMetrics } from '../../chatroom/metrics/webhook-metrics';
import { countedRoutes } from '../../chatroom/http/route-list';
import { chatroomMetrics } from '../../monitoring/metrics/chatroom';
import { chatroomDeliveryMetrics } from '../../monitoring/metrics/chatroom-delivery';
import { chatroomProcessMetrics, heapLimitBytes } from '../../monitoring/metrics/chatroom-process';
import { chatroomWebhookMetrics } from '../../monitoring/metrics/chatroom-webhook';
import type { Metric } from '../../monitoring/model/metric';

const ours = async (registry: Registry) =>
  (await registry.getMetricsAsJSON()).filter(({ name }) => name.startsWith('chatroom_'));

const types: Readonly<Record<string, string>> = {
  counter: 'counter',
  gauge: 'gauge',
  histogram: 'histogram',
};

const expectContract = async (registry: Registry, contract: readonly Metric[]) => {
  const exposed = await ours(registry);
  expect(exposed.map(({ name }) => name).sort()).toEqual(contract.map(({ name }) => name).sort());
  for (const { name, help, kind } of contract) {
    const found = exposed.find((one) => one.name === name);
    expect([found?.help, found?.type]).toEqual([help, types[kind]]);
  }
};

test('the server exposes exactly its contract, and what the process is doing', async () => {
  const { registry } = new ServerMetrics(countedRoutes);
  await expectContract(registry, [...chatroomMetrics, ...chatroomDeliveryMetrics, ...chatroomProcessMetrics]);
  const text = await registry.metrics();
  for (const name of [
    'process_cpu_seconds_total',
    'process_resident_memory_bytes',
    'nodejs_eventloop_lag_seconds',
  ]) {
    expect(text).toContain(`# TYPE ${name}`);
  }
});

test('the webhook exposes exactly its contract', async () => {
  await expectContract(new WebhookMetrics().registry, chatroomWebhookMetrics);
});

test('every series is there before anything happened, so that the first error has a rate', async () => {
  for (const registry of [new ServerMetrics(countedRoutes).registry, new WebhookMetrics().registry]) {
    for (const metric of await ours(registry)) {
      expect([metric.name, metric.values.length > 0]).toEqual([metric.name, true]);
      if (metric.name === heapLimitBytes.name) continue;
      for (const { value } of metric.values) expect([metric.name, value]).toEqual([metric.name, 0]);
    }
  }
});

test('every route that can fail has its 5xx series from the start', async () => {
  const text = await new ServerMetrics(countedRoutes).registry.metrics();
  for (const path of ['/', '/api/rooms', '/api/rooms/:room/messages', 'unmatched']) {
    expect(text).toContain(`chatroom_http_requests_total{method="GET",path="${path}",status="500"} 0`);
  }
  for (const path of ['/api/rooms', '/api/rooms/:room/messages', '/ws']) {
    expect(text).toContain(`chatroom_http_requests_total{method="GET",path="${path}",status="503"} 0`);
  }
});

test('made-up methods share one series', async () => {
  const metrics = new ServerMetrics([]);
  for (const method of ['PROPFIND', 'MKCOL', 'TRACE']) metrics.request(method, 'unmatched', 404, 0.1);
  expect(await metrics.registry.metrics()).toContain(
    'chatroom_http_requests_total{method="OTHER",path="unmatched",status="404"} 3',
  );
});

test('a person with several connections is one person until the last one closes', async () => {
  const metrics = new ServerMetrics([]);
  const online = async () => /chatroom_users_online (\d+)/.exec(await metrics.registry.metrics())?.[1];
  metrics.introduced('ann');
  metrics.introduced('ann');
  metrics.introduced('bob');
  expect(await online()).toBe('2');
  metrics.closed('ann', 'client');
  metrics.closed('', 'client');
  expect(await online()).toBe('2');
  metrics.closed('ann', 'client');
  expect(await online()).toBe('1');
});
