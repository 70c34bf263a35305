import { execFileSync, type ExecFileSyncOptionsWithStringEncoding } from 'node:child_process';
import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { parse, stringify } from 'yaml';
import { clusterEnvironments } from '../../constructs/environments';
import { catalogue, type Catalogue } from '../../monitoring/catalogue';
import { receiversOf } from '../../monitoring/model/route';
import { alertmanagerConfig } from '../../monitoring/render/alertmanager';
import { prometheusConfig } from '../../monitoring/render/prometheus';
import { alertRules, recordingRules } from '../../monitoring/render/rules';
import { freePort } from './control-plane/free-port';
import { leash } from './control-plane/leash';
import { toolPath } from './control-plane/locate';
import { until } from './control-plane/until';
import { madeUpAddress, madeUpSecrets, startCluster, type Cluster } from './support/cluster';
import {
  generated,
  generatedRules,
  jobLabel,
  parsePrometheus,
  startOperator,
  type GeneratedPrometheus,
} from './support/operator';

jest.setTimeout(240_000);

describe.each(clusterEnvironments.map((environment) => [environment.monitoring.name, environment] as const))(
  'what prometheus-operator makes of %s',
  (_, environment) => {
    let cluster: Cluster;
    let model: Catalogue;
    let prometheusText: string;
    let prometheus: GeneratedPrometheus;
    let alertmanagerFile: string;

    beforeAll(async () => {
      cluster = await startCluster(environment);
      model = catalogue(environment.monitoring);
      const { stderr } = await cluster.apply(cluster.manifests);
      expect(stderr).toBe('');
      await cluster.apply(madeUpSecrets(environment));
      await startOperator(cluster);
      const jobs = model.jobs.length;
      prometheusText = await until('the Prometheus configuration', async () => {
        const text = await generated(cluster, 'prometheus-chatroom', 'prometheus.yaml.gz');
        return text !== undefined && parsePrometheus(text).scrape_configs.length >= jobs && text;
      });
      prometheus = parsePrometheus(prometheusText);
      const text = await until('the Alertmanager configuration', async () => {
        const text = await generated(cluster, 'alertmanager-chatroom-generated', 'alertmanager.yaml.gz');
        return text?.includes('critical-alerts') && text;
      });
      alertmanagerFile = join(cluster.plane.folder, 'alertmanager.yaml');
      writeFileSync(alertmanagerFile, text);
    });
    afterAll(async () => cluster?.plane.stop());

    describe('for Prometheus', () => {
      it('has the jobs of the model, each as often and at the same path', () => {
        const rendered = prometheusConfig(model);
        const expected = rendered.scrape_configs.map((job) => ({
          job: job.job_name,
          interval: job['scrape_interval'] ?? rendered.global['scrape_interval'],
          timeout: job['scrape_timeout'],
          path: job['metrics_path'],
        }));
        const actual = prometheus.scrape_configs.map((job) => ({
          job: jobLabel(job),
          interval: job.scrape_interval ?? prometheus.global.scrape_interval,
          timeout: job.scrape_timeout,
          path: job.metrics_path,
        }));
        expect(actual.sort(byJob)).toEqual(expected.sort(byJob));
      });

      it("has the environment's labels and intervals, and a label for each replica", () => {
        const { external_labels, scrape_interval, evaluation_interval } = prometheus.global;
        expect({ ...external_labels, prometheus_replica: undefined }).toEqual({
          ...environment.monitoring.externalLabels,
          prometheus_replica: undefined,
        });
        expect(external_labels['prometheus_replica']).toBe('$(POD_NAME)');
        expect([scrape_interval, evaluation_interval]).toEqual([
          environment.monitoring.scrapeInterval,
          environment.monitoring.evaluationInterval,
        ]);
      });

      it('has the rule groups of the model, rule for rule', async () => {
        const groups = await generatedRules(cluster);
        const expected = [...recordingRules(model).groups, ...alertRules(model).groups];
        expect(expected.length).toBeGreaterThan(3);
        for (const group of expected) expect(groups.get(group.name)).toEqual(group);
        expect([...groups.keys()].sort()).toEqual(expected.map(({ name }) => name).sort());
      });

      it('is accepted by promtool, with its rules', async () => {
        const folder = join(cluster.plane.folder, 'promtool');
        mkdirSync(folder);
        const rules = join(folder, 'rules.yaml');
        writeFileSync(rules, stringify({ groups: [...(await generatedRules(cluster)).values()] }));
        // The mounted files are elsewhere here; everything else is read as it was generated.
        const config = parse(prometheusText) as Record<string, unknown>;
        const file = join(folder, 'prometheus.yaml');
        writeFileSync(file, stringify({ ...config, rule_files: [rules] }));
        const said = run('promtool', ['check', 'config', '--syntax-only', file]);
        expect(said).toContain('SUCCESS');
        expect(run('promtool', ['check', 'rules', rules])).toMatch(/SUCCESS: \d\d+ rules found/);
      });
    });

    describe('for Alertmanager', () => {
      it('is accepted by amtool', () => {
        const said = run('amtool', ['check-config', alertmanagerFile]);
        expect(said).toContain('SUCCESS');
        expect(said).toMatch(new RegExp(`${model.receivers.length} receivers`));
      });

      it('tells the same receivers about every alert as the model', () => {
        const alerts = model.alerts.flatMap((group) => group.alerts);
        expect(alerts.length).toBeGreaterThan(9);
        for (const alert of alerts) {
          const labels = { alertname: alert.name, ...environment.monitoring.externalLabels, ...alert.labels };
          const pairs = Object.entries(labels).map(([name, value]) => `${name}=${value}`);
          const told = run('amtool', [
            'config',
            'routes',
            'test',
            `--config.file=${alertmanagerFile}`,
            ...pairs,
          ])
            .trim()
            .split(',')
            .map((name) => name.replace('monitoring/chatroom/', ''));
          expect([alert.name, told]).toEqual([alert.name, receiversOf(model.route, labels)]);
        }
      });

      it('routes, mutes and words everything as the model does, secrets apart', () => {
        const rendered = alertmanagerConfig(model);
        const actual = parse(run('cat', [alertmanagerFile])) as Record<string, unknown>;
        const { route, inhibit_rules, receivers } = ours(actual) as typeof rendered;
        expect(route).toEqual(rendered.route);
        const byMatchers = (rule: (typeof rendered.inhibit_rules)[number]) => ({
          ...rule,
          source_matchers: rule.source_matchers.toSorted(),
        });
        expect(inhibit_rules.map(byMatchers)).toEqual(rendered.inhibit_rules.map(byMatchers));
        expect(receivers.map(withoutSecrets)).toEqual(rendered.receivers.map(withoutSecrets));
      });

      it('survives a broken AlertmanagerConfig in the namespace of somebody else', async () => {
        const broken = {
          apiVersion: 'monitoring.coreos.com/v1alpha1',
          kind: 'AlertmanagerConfig',
          metadata: { name: 'broken', namespace: 'team', labels: { alertmanager: 'chatroom' } },
          spec: { route: { receiver: 'nobody' }, receivers: [{ name: 'somebody' }] },
        };
        const sound = {
          ...broken,
          metadata: { ...broken.metadata, name: 'sound' },
          spec: { route: { receiver: 'somebody' }, receivers: [{ name: 'somebody' }] },
        };
        const namespace = { apiVersion: 'v1', kind: 'Namespace', metadata: { name: 'team' } };
        expect((await cluster.apply([namespace])).code).toBe(0);
        expect((await cluster.apply([broken, sound])).code).toBe(0);
        const text = await until('the sound one to be taken in', async () => {
          const text = await generated(cluster, 'alertmanager-chatroom-generated', 'alertmanager.yaml.gz');
          return text?.includes('team/sound/somebody') && text;
        });
        expect(text).toContain('monitoring/chatroom/critical-alerts');
        expect(text).not.toContain('team/broken');
        const file = join(cluster.plane.folder, 'with-teams.yaml');
        writeFileSync(file, text);
        // A team hears of its own namespace only, and what it hears still reaches us.
        const routes = (...labels: string[]) =>
          run('amtool', ['config', 'routes', 'test', `--config.file=${file}`, ...labels]).trim();
        expect(routes('severity=critical', 'service=chatroom')).toBe(
          'monitoring/chatroom/critical-alerts,monitoring/chatroom/chatroom-team',
        );
        expect(routes('namespace=team', 'severity=critical', 'service=chatroom')).toBe(
          'team/sound/somebody,monitoring/chatroom/critical-alerts,monitoring/chatroom/chatroom-team',
        );
      });
    });

    it('lets upstream Prometheus, as its ServiceAccount, find and read the API server', async () => {
      const { plane } = cluster;
      const { stdout: token } = await plane.kubectl(['create', 'token', 'prometheus', '-n', 'monitoring']);
      const folder = join(plane.folder, 'prometheus');
      mkdirSync(folder);
      const tokenFile = join(folder, 'token');
      writeFileSync(tokenFile, token.trim(), { mode: 0o600 });
      const kubeconfig = plane.kubeconfigFor('prometheus-account', token.trim());
      // As generated, but for what only a pod has: the mounted account, and the way to the API server.
      const text = prometheusText
        .replaceAll('/var/run/secrets/kubernetes.io/serviceaccount/token', tokenFile)
        .replaceAll('/var/run/secrets/kubernetes.io/serviceaccount/ca.crt', plane.caFile);
      const reviver = (key: unknown, value: unknown): unknown =>
        key === 'kubernetes_sd_configs'
          ? (value as object[]).map((discovery) => ({ ...discovery, kubeconfig_file: kubeconfig }))
          : value;
      const config = parse(text, reviver) as Record<string, unknown>;
      const file = join(folder, 'prometheus.yaml');
      writeFileSync(file, stringify({ ...config, rule_files: [] }));
      const port = await freePort();
      const process = plane.own(
        leash(
          'prometheus',
          [
            toolPath('prometheus'),
            `--config.file=${file}`,
            `--storage.tsdb.path=${join(folder, 'data')}`,
            `--web.listen-address=127.0.0.1:${port}`,
          ],
          { logFile: join(plane.folder, 'prometheus.log') },
        ),
      );
      interface Target {
        readonly labels: Readonly<Record<string, string>>;
        readonly health: string;
        readonly lastError: string;
        readonly scrapeUrl: string;
      }
      const target = await until('the API server to be up', async () => {
        if (process.ended) throw new Error(process.tail());
        const answer = await fetch(`http://127.0.0.1:${port}/api/v1/targets?state=active`);
        const { data } = (await answer.json()) as { data: { activeTargets: Target[] } };
        const found = data.activeTargets.filter(({ labels }) => labels['job'] === 'kubernetes-apiservers');
        if (found[0]?.lastError) throw new Error(found[0].lastError);
        return found.length === 1 && found[0]?.health === 'up' && found[0];
      });
      expect(target.scrapeUrl).toBe(`${plane.server}/metrics`);
      // Discovery in every namespace that is watched, and nowhere was it refused.
      expect(process.tail(500)).not.toContain('forbidden');
      await process.stop();
    });
  },
);

/** Names as the model has them: the operator puts the object's name before them. */
function ours(config: unknown): unknown {
  return JSON.parse(JSON.stringify(config).replaceAll('"monitoring/chatroom/', '"'));
}

/** Without what is a file for a machine and a value in the generated Secret, and without space at the end of texts. */
function withoutSecrets(receiver: unknown): unknown {
  const secret = ['api_url', 'api_url_file', 'credentials', 'credentials_file', 'url_file'];
  const text = JSON.stringify(receiver, (key, value: unknown) =>
    secret.includes(key) || (key === 'url' && String(value).startsWith(madeUpAddress)) ? undefined : value,
  );
  return JSON.parse(text.replaceAll(/(?:\\n)+"/g, '"'));
}

function byJob(a: { readonly job: string }, b: { readonly job: string }): number {
  return a.job.localeCompare(b.job);
}

function run(tool: 'promtool' | 'amtool' | 'cat', args: readonly string[]): string {
  const options: ExecFileSyncOptionsWithStringEncoding = {
    encoding: 'utf8',
    stdio: ['ignore', 'pipe', 'pipe'],
  };
  return execFileSync(tool === 'cat' ? tool : toolPath(tool), [...args], options);
}
