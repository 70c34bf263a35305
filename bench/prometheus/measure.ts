import { once } from 'node:events';
import { readFileSync, rmSync } from 'node:fs';
import { spawn } from 'node:child_process';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { setTimeout as sleep } from 'node:timers/promises';
import { parse, stringify } from 'yaml';
import { compressedDuration, durationInMilliseconds } from '../../local/compress';
import { checkout } from '../../local/site';
import type { Stack } from '../../local/stack';
import { files, type PrometheusConfig } from '../../monitoring/render/prometheus';
import { processUsage } from '../../soak/process-usage';
import { summary, type Summary } from '../measure/statistics';
import { exposition, total, type ExposedSeries } from './exposition';

/** What Prometheus needs for a number of replicas. */
export interface Footprint {
  readonly replicas: number;
  readonly series: number;
  readonly rules: number;
  readonly residentBytes: Summary;
  /** Time of one evaluation of all rules, added up over their groups. */
  readonly evaluationMs: Summary;
  readonly slowestGroup: { readonly name: string; readonly ms: number };
  /** Samples stored per second, at the pace of production. */
  readonly samplesPerSecond: number;
  /** Share of one processor, at the pace of production. */
  readonly cpuShare: number;
}

export interface FootprintProps {
  readonly stack: Stack;
  /** What a real chat server exposes. */
  readonly metricsFile: string;
  readonly replicas: number;
  /** Until ranges are full and the head has its shape. */
  readonly warmUpSeconds: number;
  readonly seconds: number;
}

/** Starts the Prometheus of the stack anew, with simulated replicas in place of the real ones, and watches it. */
export async function footprint(props: FootprintProps): Promise<Footprint> {
  const { stack, metricsFile, replicas, warmUpSeconds, seconds } = props;
  const simulation = await simulate(metricsFile, replicas);
  const prometheus = stack.process('prometheus');
  try {
    await prometheus.stop();
    rmSync(stack.site.path('prometheus', 'data'), { recursive: true, force: true });
    pointTo(stack, simulation.ports);
    await prometheus.start();
    const { pid = Number.NaN } = prometheus;
    await sleep(warmUpSeconds * 1_000);

    const evaluationInterval = durationInMilliseconds(compressedDuration('15s', stack.compression, 2_000));
    const memory: number[] = [];
    const evaluations: number[] = [];
    const groups = new Map<string, number[]>();
    const began = await look(stack);
    const deadline = performance.now() + seconds * 1_000;
    let last = began;
    while (performance.now() < deadline) {
      await sleep(evaluationInterval);
      last = await look(stack);
      memory.push(processUsage(pid)?.residentBytes ?? Number.NaN);
      const durations = last.series.filter(
        ({ name }) => name === 'prometheus_rule_group_last_duration_seconds',
      );
      evaluations.push(durations.reduce((sum, { value }) => sum + value * 1_000, 0));
      for (const { labels, value } of durations) {
        const group = labels['rule_group']?.split(';').at(-1) ?? '';
        groups.set(group, [...(groups.get(group) ?? []), value * 1_000]);
      }
    }
    const elapsed = (last.at - began.at) / 1_000;
    const perSecond = (name: string): number =>
      (total(last.series, name) - total(began.series, name)) / elapsed / stack.compression.factor;
    const [slowest] = [...groups]
      .map(([name, values]) => ({ name, ms: summary(values).median }))
      .sort((a, b) => b.ms - a.ms);
    if (!slowest) throw new Error('Prometheus evaluated no rules; see its log');
    return {
      replicas,
      series: total(last.series, 'prometheus_tsdb_head_series'),
      rules: total(last.series, 'prometheus_rule_group_rules'),
      residentBytes: summary(memory),
      evaluationMs: summary(evaluations),
      slowestGroup: slowest,
      samplesPerSecond: perSecond('prometheus_tsdb_head_samples_appended_total'),
      cpuShare: perSecond('process_cpu_seconds_total'),
    };
  } finally {
    simulation.stop();
  }
}

async function look(stack: Stack): Promise<{ at: number; series: readonly ExposedSeries[] }> {
  const response = await fetch(stack.site.url('prometheus', '/metrics'));
  return { at: performance.now(), series: exposition(await response.text()) };
}

/** Replaces the targets of the chat servers in the file that the stack has written. */
function pointTo({ site }: Stack, ports: readonly number[]): void {
  const path = site.path('prometheus', files.prometheus);
  const config = parse(readFileSync(path, 'utf8')) as PrometheusConfig;
  const targets = ports.map((port) => `127.0.0.1:${port}`);
  site.write(
    join('prometheus', files.prometheus),
    stringify({
      ...config,
      scrape_configs: config.scrape_configs.map((job) =>
        job.job_name === 'chatroom-server' ? { ...job, static_configs: [{ targets }] } : job,
      ),
    }),
  );
}

async function simulate(
  metricsFile: string,
  replicas: number,
): Promise<{ readonly ports: readonly number[]; readonly stop: () => void }> {
  const entry = join(checkout, 'bench/prometheus/simulated-replicas.ts');
  const child = spawn(
    process.execPath,
    ['--require', '@swc-node/register', entry, metricsFile, String(replicas)],
    { cwd: checkout, stdio: ['ignore', 'pipe', 'inherit'] },
  );
  const ended = once(child, 'exit').then(() => {
    throw new Error('the simulated replicas ended before they were ready');
  });
  ended.catch(() => undefined);
  const [line] = (await Promise.race([once(createInterface(child.stdout), 'line'), ended])) as [string];
  return { ports: JSON.parse(line) as number[], stop: () => child.kill('SIGTERM') };
}
