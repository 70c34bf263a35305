import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { parse, stringify } from 'yaml';
import { ofKind, type Labels, type Manifest } from '../../constructs/checks/manifest';
import { inCluster, type ClusterEnvironment } from '../../constructs/environment';
import { production } from '../../constructs/environments/production';
import { catalogue } from '../../monitoring/catalogue';
import { alertRules, recordingRules } from '../../monitoring/render/rules';
import { freePort } from './control-plane/free-port';
import { list as listOf } from './control-plane/kubectl';
import { leash } from './control-plane/leash';
import { toolPath } from './control-plane/locate';
import { until } from './control-plane/until';
import { madeUpSecrets, startCluster, type Cluster } from './support/cluster';
import { generated, generatedRules, jobLabel, parsePrometheus, startOperator } from './support/operator';

jest.setTimeout(240_000);

const shards = 2;
const split: ClusterEnvironment = {
  ...production,
  monitoring: inCluster({ ...production.monitoring, name: 'split' }),
  prometheus: { ...production.prometheus, shards },
};

/** Prometheus, one of its own kind reading half of the targets each, and one that asks them both. */
describe('what prometheus-operator makes of a Prometheus in two parts', () => {
  let cluster: Cluster;
  beforeAll(async () => {
    cluster = await startCluster(split);
    expect((await cluster.apply(cluster.manifests)).stderr).toBe('');
    await cluster.apply(madeUpSecrets(split));
    await startOperator(cluster);
  });
  afterAll(async () => cluster?.plane.stop());

  const text = async (name: string, jobs: number) =>
    until(`the configuration of ${name}`, async () => {
      const found = await generated(cluster, `prometheus-${name}`, 'prometheus.yaml.gz');
      return found !== undefined && parsePrometheus(found).scrape_configs.length >= jobs && found;
    });

  it('has every job read by the parts, each taking its share, and those who watch read by what asks them', async () => {
    const jobs = catalogue(split.monitoring).jobs.map(({ name }) => name);
    const watching = ['alertmanager', 'prometheus'];
    const parts = parsePrometheus(await text('chatroom', jobs.length - watching.length));
    const everything = parsePrometheus(await text('chatroom-global', watching.length));
    expect(everything.scrape_configs.map(jobLabel).sort()).toEqual(watching);
    expect([...parts.scrape_configs.map(jobLabel), ...watching].sort()).toEqual([...jobs].sort());
    for (const { job_name, relabel_configs } of parts.scrape_configs) {
      const keeps = relabel_configs.filter(
        ({ action, regex }) => action === 'keep' && String(regex).includes('$(SHARD)'),
      );
      expect([job_name, keeps.length]).toEqual([job_name, 1]);
    }
    expect(everything.remote_read?.map(({ read_recent }) => read_recent)).toEqual([true, true]);
    // Labels that are not the same on both sides would select nothing on the other.
    expect(parts.global.external_labels).toEqual(everything.global.external_labels);
  });

  it('has the rules of the model in what sees everything, and nowhere else', async () => {
    const model = catalogue(split.monitoring);
    const expected = [...recordingRules(model).groups, ...alertRules(model).groups];
    const everything = await until('the rules', async () => {
      const groups = await generatedRules(cluster, 'chatroom-global');
      return groups.size >= expected.length && groups;
    });
    expect([...everything.keys()].sort()).toEqual(expected.map(({ name }) => name).sort());
    expect([...(await generatedRules(cluster, 'chatroom')).keys()]).toEqual([]);
  });

  it('runs pods that are admitted, each behind the Service that is meant for it', async () => {
    const pods = await until('the pods of every part', async () => {
      const found = await listOf<Manifest>(cluster.plane.kubectl, [
        ...['pods', '-n', 'monitoring'],
        ...['-l', 'app.kubernetes.io/name=prometheus'],
      ]);
      return found.length >= shards + 1 && found;
    });
    const groups = Map.groupBy(pods, ({ metadata }) => metadata.name.replace(/-\d+$/, ''));
    expect([...groups.keys()].sort()).toEqual([
      'prometheus-chatroom',
      'prometheus-chatroom-global',
      'prometheus-chatroom-shard-1',
    ]);
    const services = ofKind<{ readonly selector: Labels }>(cluster.objects, 'Service');
    const behind = (name: string) => {
      const { selector } = services.find(({ metadata }) => metadata.name === name)?.spec ?? { selector: {} };
      return [...groups].flatMap(([group, members]) =>
        members.some(({ metadata }) =>
          Object.entries(selector).every(([label, value]) => metadata.labels?.[label] === value),
        )
          ? [group]
          : [],
      );
    };
    expect(behind('prometheus')).toEqual(['prometheus-chatroom-global']);
    expect(behind('prometheus-shard-0')).toEqual(['prometheus-chatroom']);
    expect(behind('prometheus-shard-1')).toEqual(['prometheus-chatroom-shard-1']);
  });

  it('answers questions about what only one part has, and sums over all of them', async () => {
    const { plane } = cluster;
    const folder = join(plane.folder, 'parts');
    mkdirSync(folder);
    const start = async (name: string, config: object) => {
      const port = await freePort();
      const file = join(folder, `${name}.yaml`);
      writeFileSync(file, stringify(config).replaceAll('$PORT', String(port)));
      const process = plane.own(
        leash(
          name,
          [
            toolPath('prometheus'),
            `--config.file=${file}`,
            `--storage.tsdb.path=${join(folder, name)}`,
            `--web.listen-address=127.0.0.1:${port}`,
          ],
          { logFile: join(folder, `${name}.log`) },
        ),
      );
      return { process, address: `127.0.0.1:${port}` };
    };
    // As generated, but for the targets, the intervals and the addresses, which here are on loopback.
    const quick = { scrape_interval: '1s', evaluation_interval: '1s' };
    const parts = parsePrometheus(await text('chatroom', 1));
    const running = await Promise.all(
      Array.from({ length: shards }, (_, shard) =>
        start(`part-${shard}`, {
          global: { ...parts.global, ...quick },
          scrape_configs: [
            { job_name: `only-in-${shard}`, static_configs: [{ targets: ['127.0.0.1:$PORT'] }] },
          ],
        }),
      ),
    );
    const generatedText = await text('chatroom-global', 1);
    const everything = parse(generatedText) as { global: object; remote_read: { url: string }[] };
    const rules = join(folder, 'rules.yaml');
    const rule = { record: 'parts:up:sum', expr: 'sum(up)' };
    writeFileSync(rules, stringify({ groups: [{ name: 'parts', rules: [rule] }] }));
    const asking = await start('everything', {
      global: { ...everything.global, ...quick },
      rule_files: [rules],
      remote_read: everything.remote_read.map((remote, shard) => {
        expect(remote.url).toContain(`prometheus-shard-${shard}.`);
        return { ...remote, url: `http://${running[shard]?.address}/api/v1/read` };
      }),
    });
    const ask = async (query: string) => {
      const answer = await fetch(
        `http://${asking.address}/api/v1/query?query=${encodeURIComponent(query)}`,
      ).catch(() => undefined);
      const body = (await answer?.json()) as { data: { result: { value: [number, string] }[] } } | undefined;
      return body?.data.result.map(({ value }) => value[1]);
    };
    await until('a rule to be evaluated over both parts', async () => {
      if (asking.process.ended) throw new Error(asking.process.tail());
      return (await ask('parts:up:sum'))?.[0] === String(shards);
    });
    expect(await ask('absent(up{job="only-in-0"}) or absent(up{job="only-in-1"})')).toEqual([]);
    expect(await ask('absent(up{job="nowhere"})')).toEqual(['1']);
    // What boards offer to choose from, as their datasource asks for it.
    const series = await fetch(`http://${asking.address}/api/v1/series?match[]=up`);
    const { data } = (await series.json()) as { data: { job: string }[] };
    expect(data.map(({ job }) => job).sort()).toEqual(['only-in-0', 'only-in-1']);
    // Neither part could have said it.
    expect(await ask('count(count by (job) (up))')).toEqual([String(shards)]);
  });
});
