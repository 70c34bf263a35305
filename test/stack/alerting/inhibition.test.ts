import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { stringify } from 'yaml';
import { findPrograms } from '../../../local/programs';
import { catalogue } from '../../../monitoring/catalogue';
import { withEveryJob } from '../../../monitoring/environments/every-job';
import { production } from '../../../monitoring/environments/production';
import { alertmanagerConfig } from '../../../monitoring/render/alertmanager';
import type { AlertName } from '../../../monitoring/rules';
import { freePort } from '../chatroom/free-port';
import { until } from '../harness/until';

/** What a real Alertmanager mutes, and what it must not, by the rules that are delivered and without anybody to tell. */

const delivered = catalogue(withEveryJob(production));
const folder = mkdtempSync(join(tmpdir(), 'inhibition-'));
let alertmanager: ChildProcess;
let url: string;

beforeAll(async () => {
  const program = findPrograms().alertmanager;
  if (!program) throw new Error('Alertmanager is missing; apt-get install prometheus-alertmanager');
  const { route, inhibit_rules, receivers } = alertmanagerConfig(delivered);
  const config = join(folder, 'alertmanager.yml');
  writeFileSync(
    config,
    stringify({ route, inhibit_rules, receivers: receivers.map(({ name }) => ({ name })) }),
  );
  const port = await freePort();
  url = `http://127.0.0.1:${port}`;
  alertmanager = spawn(
    program,
    [
      `--config.file=${config}`,
      `--storage.path=${join(folder, 'data')}`,
      `--web.listen-address=127.0.0.1:${port}`,
      '--cluster.listen-address=',
    ],
    { stdio: 'ignore' },
  );
  await until('Alertmanager to be ready', 30_000, async () =>
    (await fetch(`${url}/-/ready`)).ok ? undefined : 'it is not',
  );
}, 60_000);

afterAll(async () => {
  if (alertmanager?.exitCode === null) {
    alertmanager.kill('SIGKILL');
    await once(alertmanager, 'exit');
  }
  rmSync(folder, { recursive: true, force: true });
}, 30_000);

type Labels = Readonly<Record<string, string>>;

/** Of alerts that fire together, those that nobody is told of, as `name@node`. Each test has a cluster of its own. */
async function muted(cluster: string, firing: readonly (readonly [AlertName, Labels?])[]): Promise<string[]> {
  const known = new Map(
    delivered.alerts.flatMap((group) => group.alerts).map((alert) => [alert.name, alert]),
  );
  const alerts = firing.map(([alertname, labels = {}]) => ({
    labels: { ...known.get(alertname)!.labels, alertname, cluster, ...labels },
  }));
  const posted = await fetch(`${url}/api/v2/alerts`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify(alerts),
  });
  expect(posted.status).toBe(200);
  let found: readonly { readonly labels: Labels; readonly status: { readonly inhibitedBy: string[] } }[] = [];
  const inhibited = () =>
    found
      .filter(({ status }) => status.inhibitedBy.length > 0)
      .map(({ labels }) => `${labels['alertname']}@${labels['node'] ?? ''}`)
      .sort();
  // Alertmanager shows an alert a moment before that one mutes others: what was read must stay so for a second.
  let before: string | undefined;
  await until('all alerts to be known, and what they mute', 20_000, async () => {
    const filter = encodeURIComponent(`cluster="${cluster}"`);
    found = (await (await fetch(`${url}/api/v2/alerts?filter=${filter}`)).json()) as typeof found;
    if (found.length !== firing.length) return `${found.length} of ${firing.length} are`;
    const reading = inhibited().join();
    const settled = reading === before;
    before = reading;
    if (settled) return undefined;
    await new Promise((resolve) => setTimeout(resolve, 1000));
    return 'it is still changing';
  });
  return inhibited();
}

const on = (node: string, job: string): Labels => ({ node, job, instance: `${node}:1` });

test('a machine that is gone mutes what ran on it, and nothing on another one', async () => {
  expect(
    await muted('machines', [
      ['HostDown', { node: 'chat-1' }],
      ['NodeExporterDown', on('chat-1', 'node-exporter')],
      ['ChatRoomServerDown', on('chat-1', 'chatroom-server')],
      ['ChatRoomServerDown', on('chat-2', 'chatroom-server')],
      ['PostgresExporterDown', on('db-1', 'postgres-exporter')],
      ['RedisExporterDown', { job: 'redis-exporter', instance: 'redis:1' }],
    ]),
  ).toEqual(['ChatRoomServerDown@chat-1', 'NodeExporterDown@chat-1']);
});

test('the exporter of a machine that died alone mutes no service beside it', async () => {
  expect(
    await muted('exporter', [
      ['NodeExporterDown', on('chat-1', 'node-exporter')],
      ['ChatRoomServerDown', on('chat-1', 'chatroom-server')],
    ]),
  ).toEqual([]);
});

test('a node of which Kubernetes says that it is not ready is told once', async () => {
  expect(
    await muted('nodes', [
      ['KubeNodeNotReady', { node: 'node-1' }],
      ['HostDown', { node: 'node-1' }],
      ['KubeletDown', on('node-1', 'kubelet')],
      ['CadvisorDown', on('node-1', 'cadvisor')],
      ['ChatRoomServerDown', on('node-1', 'chatroom-server')],
      ['KubeletDown', on('node-2', 'kubelet')],
    ]),
  ).toEqual(['CadvisorDown@node-1', 'ChatRoomServerDown@node-1', 'HostDown@node-1', 'KubeletDown@node-1']);
});

test('a database that is gone mutes the budgets it costs, and not another installation', async () => {
  const slo = { slo: 'chatroom-availability', job: 'chatroom-server' };
  const database = { job: 'postgres-exporter', instance: 'db-1:9187' };
  expect(
    await muted('database', [
      ['PostgreSQLDown', database],
      ['ChatRoomHighErrorRate', { job: 'chatroom-server' }],
      ['ChatRoomAvailabilityBudgetBurningFast', slo],
      ['ChatRoomAvailabilityBudgetBurningSlowly', slo],
    ]),
  ).toEqual([
    'ChatRoomAvailabilityBudgetBurningFast@',
    'ChatRoomAvailabilityBudgetBurningSlowly@',
    'ChatRoomHighErrorRate@',
  ]);
  expect(await muted('elsewhere', [['ChatRoomAvailabilityBudgetBurningFast', slo]])).toEqual([]);
});

const chat = (number: number): Labels => ({ job: 'chatroom-server', instance: `chat-${number}:8000` });
const promise = { slo: 'chatroom-availability', job: 'chatroom-server' };

test('one replica that is dead mutes what its death brings about, and nothing that the others do by themselves', async () => {
  expect(
    await muted('replica', [
      ['ChatRoomServerDown', chat(1)],
      ['NodejsEventLoopLagging', chat(1)],
      ['NodejsEventLoopLagging', chat(2)],
      ['ChatRoomReconnectStorm', { job: 'chatroom-server' }],
      ['ChatRoomConnectionsCliff', { job: 'chatroom-server' }],
      ['ChatRoomHighErrorRate', { job: 'chatroom-server' }],
      ['ChatRoomMessagesFlat', { job: 'chatroom-server' }],
      ['NginxUpstreamGone', { job: 'nginx-log-exporter' }],
      ['ChatRoomUnavailable', { job: 'chatroom-server' }],
    ]),
  ).toEqual(
    // What is gone for everybody mutes what everybody feels; it is told itself.
    [
      'ChatRoomConnectionsCliff@',
      'ChatRoomHighErrorRate@',
      'ChatRoomMessagesFlat@',
      'ChatRoomReconnectStorm@',
      'NginxUpstreamGone@',
      'NodejsEventLoopLagging@',
    ],
  );
  expect(
    await muted('replica-alone', [
      ['ChatRoomServerDown', chat(1)],
      ['ChatRoomHighErrorRate', { job: 'chatroom-server' }],
      ['NginxUpstreamGone', { job: 'nginx-log-exporter' }],
      ['ChatRoomLatencyBudgetBurningFast', { ...promise, slo: 'chatroom-latency' }],
    ]),
  ).toEqual([]);
});

test('one nginx of several mutes no promise and no silence, the last one all of them, and what is said of each', async () => {
  const nginx = (number: number): Labels => ({ job: 'nginx-exporter', instance: `nginx-${number}:9113` });
  const felt = [
    ['ChatRoomMessagesFlat', { job: 'chatroom-server' }],
    ['ChatRoomAvailabilityBudgetBurningFast', promise],
  ] as const;
  expect(await muted('one-gateway', [['NginxInstanceDown', nginx(1)], ...felt])).toEqual([]);
  expect(
    await muted('gateways', [
      ['NginxDown', nginx(1)],
      ['NginxDown', nginx(2)],
      ['NginxInstanceDown', nginx(1)],
      ['NginxInstanceDown', nginx(2)],
      ...felt,
    ]),
  ).toEqual([
    'ChatRoomAvailabilityBudgetBurningFast@',
    'ChatRoomMessagesFlat@',
    'NginxInstanceDown@',
    'NginxInstanceDown@',
  ]);
});

test('a replica of Redis mutes nothing that users feel, the master that is gone does', async () => {
  const redis = (number: number): Labels => ({ job: 'redis-exporter', instance: `redis-${number}:9121` });
  const felt = [
    ['NginxUpstreamGone', { job: 'nginx-log-exporter' }],
    ['ChatRoomUnavailable', { job: 'chatroom-server' }],
  ] as const;
  // No server is ready, which explains that nginx reaches none.
  expect(await muted('redis-replica', [['RedisInstanceDown', redis(2)], ...felt])).toEqual([
    'NginxUpstreamGone@',
  ]);
  expect(
    await muted('redis-master', [['RedisDown', redis(1)], ['RedisInstanceDown', redis(1)], ...felt]),
  ).toEqual(['ChatRoomUnavailable@', 'NginxUpstreamGone@', 'RedisInstanceDown@']);
});

test('servers that nobody knows explain the budget that this costs, and nothing that is seen elsewhere', async () => {
  expect(
    await muted('absent', [
      ['ChatRoomServerAbsent', { job: 'chatroom-server' }],
      ['ChatRoomAvailabilityBudgetBurningFast', promise],
      ['NginxUpstreamGone', { job: 'nginx-log-exporter' }],
    ]),
  ).toEqual(['ChatRoomAvailabilityBudgetBurningFast@']);
});
