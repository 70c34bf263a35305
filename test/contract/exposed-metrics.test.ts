import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Load } from '../../local/load';
import { query, unhealthyTargets } from '../../local/observe/prometheus';
import { freePorts } from '../../local/ports';
import { startStack, type Stack } from '../../local/stack';
import { production } from '../../monitoring/environments/production';
import { jobs } from '../../monitoring/jobs';
import { processMetrics } from '../../monitoring/metrics/process';
import { targetMetrics } from '../../monitoring/metrics/target';
import type { Metric, MetricKind } from '../../monitoring/model/metric';
import { until } from '../stack/harness/until';
import { readExposition, type Exposed } from './exposition';

/**
 * Every metric that a rule or a panel may name, held against what the real exporters and servers expose, while a few
 * people chat. Jobs of a cluster are not looked at; this stack has none.
 */

const stackJobs = jobs.filter((job) => production.targets[job.name] !== false);

/** What the names of metrics begin with that programs of ours expose. */
const ours = /^(chatroom|nginx_frontend)_/;

/** Debian's nginx exporter says nothing about its own process. */
const silentAboutItself = 'nginx-exporter';

/** What the text format calls each kind; an info metric is a gauge that is always 1. */
const types: Readonly<Record<MetricKind, string>> = {
  counter: 'counter',
  gauge: 'gauge',
  info: 'gauge',
  histogram: 'histogram',
};

/** What each target of a job exposes, by its address. */
const exposed = new Map<string, ReadonlyMap<string, ReadonlyMap<string, Exposed>>>();

interface Target {
  readonly scrapeUrl: string;
  readonly labels: { readonly job: string };
}

const users = 4;
const folder = mkdtempSync(join(tmpdir(), 'chatroom-contract-'));
let stack: Stack | undefined;
let load: Load | undefined;

function running(): Stack {
  if (!stack) throw new Error('the stack did not start; see the failure of beforeAll');
  return stack;
}

beforeAll(async () => {
  stack = await startStack({ data: folder, ports: await freePorts(), compression: { factor: 15 } });
  load = new Load(stack, { users });
  const chatting = { stack, load };
  await until('people who chat, and targets that answer', 60_000, async () => {
    const unhealthy = await unhealthyTargets(chatting.stack.site);
    if (unhealthy.length > 0) return unhealthy.join('; ');
    if (chatting.load.connected < users) return `${chatting.load.connected} of ${users} are connected`;
    const sent = await query(chatting.stack.site, 'sum(chatroom_messages_total) > 0');
    return sent.length > 0 ? undefined : 'nobody has said anything yet';
  });
  const response = await fetch(running().site.url('prometheus', '/api/v1/targets?state=active'));
  const { data } = (await response.json()) as { data: { activeTargets: readonly Target[] } };
  for (const [job, targets] of Map.groupBy(data.activeTargets, ({ labels }) => labels.job)) {
    const pages = targets.map(async ({ scrapeUrl }): Promise<[string, ReadonlyMap<string, Exposed>]> => {
      const page = await fetch(scrapeUrl);
      return [scrapeUrl, readExposition(await page.text())];
    });
    exposed.set(job, new Map(await Promise.all(pages)));
  }
}, 120_000);

afterAll(async () => {
  load?.stop();
  await stack?.stop();
  rmSync(folder, { recursive: true, force: true });
}, 60_000);

/** What is wrong with a metric at one target; nothing when it is as the model says. */
function objections(metric: Metric, page: ReadonlyMap<string, Exposed>): readonly string[] {
  const found = page.get(metric.name);
  if (!found) return metric.onlyWhere === undefined ? ['is not exposed'] : [];
  const [declared, real] = [[...metric.labels].sort(), [...found.labels].sort()];
  const known: readonly string[] = [...declared, ...(metric.newerLabels ?? [])];
  const bounds = (metric.buckets ?? []).map(String);
  return [
    // An exporter that does not say what a metric is contradicts nobody.
    ...([types[metric.kind], 'untyped'].includes(found.type)
      ? []
      : [`is a ${found.type}, not a ${metric.kind}`]),
    ...declared.filter((label) => !found.labels.has(label)).map((label) => `has no label "${label}"`),
    // An info metric says more than is used of it.
    ...(metric.kind === 'info' ? [] : real.filter((label) => !known.includes(label))).map(
      (label) => `has a label "${label}" that the model does not know`,
    ),
    ...(bounds.join() === [...found.bounds].join()
      ? []
      : [`has the bounds ${[...found.bounds].join()}, not ${bounds.join()}`]),
  ];
}

describe.each(stackJobs.map((job) => [job.name, job] as const))('%s', (name, job) => {
  test('answers', () => {
    expect([...(exposed.get(name)?.values() ?? [])].map((page) => page.size > 0)).toContain(true);
  });

  const metrics: readonly Metric[] = [...job.metrics, ...(name === silentAboutItself ? [] : processMetrics)];
  test.each(metrics.map((metric) => [metric.name, metric] as const))('exposes %s', (_name, metric) => {
    const pages = [...(exposed.get(name)?.entries() ?? [])];
    expect(pages).not.toEqual([]);
    for (const [address, page] of pages) {
      expect({ address, objections: objections(metric, page) }).toEqual({ address, objections: [] });
    }
  });

  test('says about metrics of ours what the model says, and has none that the model does not know', () => {
    for (const page of exposed.get(name)?.values() ?? []) {
      const said = [...page].filter(([metric]) => ours.test(metric));
      const declared = new Map(
        job.metrics.filter((metric) => ours.test(metric.name)).map(({ name: n, help }) => [n, help]),
      );
      expect(new Map(said.map(([metric, { help }]) => [metric, help]))).toEqual(declared);
    }
  });
});

test.each(targetMetrics.map(({ name }) => name))('Prometheus records %s for every target', async (name) => {
  const series = await query(running().site, name);
  const targets = [...exposed.values()].flatMap((pages) => [...pages.keys()]);
  expect(series).toHaveLength(targets.length);
});
