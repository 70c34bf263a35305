import { ApiObject, Chart, type App } from 'cdk8s';
import { catalogue as catalogueOf, type Catalogue } from '../monitoring/catalogue';
import type { JobName } from '../monitoring/jobs';
import type { Channel, SecretReference } from '../monitoring/model/receiver';
import type { Job } from '../monitoring/model/scrape';
import { exporterOf } from './exporters';
import { dashboardFiles } from '../monitoring/render/grafana';
import { prometheusConfig, type RelabelConfig, type ScrapeConfig } from '../monitoring/render/prometheus';
import { alertRules, recordingRules } from '../monitoring/render/rules';
import { Access } from './access';
import { AlertWebhook } from './alert-webhook';
import { Alertmanager } from './alertmanager';
import { Board } from './board';
import { ChatRoom } from './chat-room';
import { authorityFile, authorityMounts, type DataStore, type DataStoreSettings } from './data-store';
import { namespaces, type ClusterEnvironment, type OthersWhoWatch } from './environment';
import { Exporter, metricsPort } from './exporter';
import { Gateway, logMetricsPort } from './gateway';
import { Grafana } from './grafana';
import { KubeStateMetrics } from './kube-state-metrics';
import { NotificationSink } from './notification-sink';
import { Namespace, type NamespaceProps } from './namespaces';
import { isOutside, NetworkFlows, type Flow } from './network-flows';
import { NodeExporter, nodeExporterNamespace } from './node-exporter';
import { database, PostgreSql, postgresqlUrl } from './postgresql';
import {
  apiServerMetricsAccess,
  discoveryAccess,
  kubeletMetricsAccess,
  Prometheus,
  type KubernetesJobProps,
  type Relabeling,
} from './prometheus';
import type { Component } from './component';
import { Redis, redisUrl } from './redis';
import { RuleGroup } from './rule-group';
import { secrets } from './secret-key';
import { ServiceScrape } from './service-scrape';

/** Where Prometheus finds a job: a component, and the name of its port. */
interface Source {
  readonly component: Component;
  readonly port: string;
}

/** What watches is read by whoever evaluates the rules, even where others read everything else. */
const watching: readonly JobName[] = ['prometheus', 'alertmanager'];

/**
 * Everything of one environment, as three charts that are applied in this order: the namespaces, the chat room with
 * its stores and exporters, and what watches it.
 */
export class ChatRoomCharts {
  readonly catalogue: Catalogue;
  readonly flows: NetworkFlows;
  private readonly chatroom: Chart;
  private readonly monitoring: Chart;

  constructor(
    app: App,
    private readonly environment: ClusterEnvironment,
  ) {
    this.catalogue = catalogueOf(environment.monitoring);
    const first = new Chart(app, 'namespaces');
    this.chatroom = new Chart(app, 'chatroom');
    this.monitoring = new Chart(app, 'monitoring');
    this.chatroom.addDependency(first);
    this.monitoring.addDependency(this.chatroom);

    // What is not ours is neither written nor closed: whoever lives there would be shut out.
    const own: NamespaceProps[] = [
      { name: namespaces.chatroom },
      ...(environment.watchedBy ? [] : [{ name: namespaces.monitoring }]),
      ...(this.has('node-exporter') ? [nodeExporterNamespace(namespaces.nodes)] : []),
    ];
    for (const props of own) new Namespace(first, props.name, props);
    this.flows = new NetworkFlows(first, 'flows', environment.network);
    for (const { name } of own) this.flows.close(name);

    const { sources, webhook } = this.chatRoom();
    if (environment.watchedBy) this.leaveTo(environment.watchedBy, sources, webhook);
    else this.watch(sources, webhook);
  }

  private has(job: JobName): boolean {
    return this.catalogue.jobs.some(({ name }) => name === job);
  }

  /** The chat room, what it stands on, and the exporters beside it; returns where each job is found. */
  private chatRoom() {
    const { chatroom: scope, environment, flows } = this;
    const namespace = namespaces.chatroom;
    const postgresql = dataStore(environment.postgresql, 5432, (settings) => {
      return new PostgreSql(scope, 'postgresql', { ...settings, namespace });
    });
    const redis = dataStore(environment.redis, 6379, (settings) => {
      return new Redis(scope, 'redis', { ...settings, namespace, maxMemory: '64mb' });
    });
    const stores = { postgresql, redis, flows, namespace };
    const authority = authorityFile(redis);
    const { server } = new ChatRoom(scope, 'chat-room', { ...stores, ...environment.chatRoom });
    const { server: webhook } = new AlertWebhook(scope, 'webhook', {
      ...stores,
      ...environment.webhook,
      image: environment.chatRoom.image,
      language: environment.monitoring.locale,
    });
    const { workload: gateway } = new Gateway(scope, 'gateway', {
      ...environment.gateway,
      namespace,
      upstream: server,
      exporter: exporterOf('nginx-exporter'),
      logExporter: {
        ...exporterOf('nginx-log-exporter'),
        ...(environment.chatRoom.image && { image: environment.chatRoom.image }),
      },
      flows,
    });
    const { workload: postgresExporter } = new Exporter(scope, 'postgres-exporter', {
      namespace,
      flows,
      exporter: exporterOf('postgres-exporter'),
      watched: {
        address: `${postgresql.host}:${postgresql.port}`,
        peer: postgresql.peer,
        port: postgresql.port,
        password: secrets.databaseExporter,
        secretValue: () => postgresqlUrl(postgresql, database.exporter, 'PASSWORD', 'postgres'),
        mounts: authorityMounts(postgresql),
      },
    });
    const { workload: redisExporter } = new Exporter(scope, 'redis-exporter', {
      namespace,
      flows,
      exporter: exporterOf('redis-exporter'),
      watched: {
        address: redisUrl(redis),
        peer: redis.peer,
        port: redis.port,
        password: secrets.redis,
        ...(authority && { environment: { REDIS_EXPORTER_TLS_CA_CERT_FILE: authority } }),
        mounts: authorityMounts(redis),
      },
    });
    const sources = {
      'chatroom-server': { component: server, port: 'http' },
      ...this.nodes(),
      'postgres-exporter': { component: postgresExporter, port: metricsPort },
      'redis-exporter': { component: redisExporter, port: metricsPort },
      'nginx-exporter': { component: gateway, port: metricsPort },
      'nginx-log-exporter': { component: gateway, port: logMetricsPort },
      'chatroom-webhook': { component: webhook, port: 'http' },
    } satisfies Partial<Record<JobName, Source>>;
    return { sources, webhook };
  }

  /** What counts nodes, where the model has a job for it. */
  private nodes(): Partial<Record<JobName, Source>> {
    if (!this.has('node-exporter')) return {};
    const { workload } = new NodeExporter(this.chatroom, 'node-exporter', {
      namespace: namespaces.nodes,
      exporter: exporterOf('node-exporter'),
    });
    return { 'node-exporter': { component: workload, port: metricsPort } };
  }

  /**
   * What somebody else's Prometheus and Grafana need to know of ours: monitors, rules and boards, all of them in our
   * namespace, and the way to what is read.
   */
  private leaveTo(
    { prometheus, alertmanager }: OthersWhoWatch,
    sources: Partial<Record<JobName, Source>>,
    webhook: Component,
  ): void {
    const { monitoring: scope, catalogue, flows } = this;
    const namespace = namespaces.chatroom;
    for (const job of catalogue.jobs as readonly Job<JobName>[]) {
      if (job.discovery !== 'static' || !sources[job.name]) {
        throw new Error(
          `job ${job.name} belongs to those who watch the cluster already: let watchedByOthers make \`monitoring\` of the environment, which leaves it out`,
        );
      }
      const { component, number } = this.monitor(job, sources);
      flows.allow({
        from: { outside: 'pods', namespace: prometheus.namespace, labels: prometheus.labels },
        to: component,
        ports: [number],
        purpose: `metrics of ${job.name}`,
      });
    }
    if (alertmanager) {
      flows.allow({
        from: { outside: 'pods', ...alertmanager },
        to: webhook,
        ports: [portOf(catalogue.environment.notifications.chatroomWebhook.url)],
        purpose: 'notifications',
      });
    }
    if (prometheus.serviceAccount) {
      new Access(scope, 'discovery', {
        account: { name: prometheus.serviceAccount, namespace: prometheus.namespace },
        purpose: 'chatroom',
        namespaced: { namespaces: [namespace], rules: discoveryAccess },
      });
    }
    this.rules(namespace);
    for (const [file, dashboard] of dashboardFiles(catalogue)) {
      new Board(scope, file, { file, dashboard, namespace });
    }
    for (const object of scope.node.findAll()) {
      if (!ApiObject.isApiObject(object) || !['ServiceMonitor', 'PrometheusRule'].includes(object.kind))
        continue;
      for (const [label, value] of Object.entries(prometheus.selects)) object.metadata.addLabel(label, value);
    }
  }

  /** Every group of rules of the model, where a Prometheus finds it. */
  private rules(namespace: string): void {
    const { catalogue } = this;
    for (const group of [...recordingRules(catalogue).groups, ...alertRules(catalogue).groups]) {
      new RuleGroup(this.monitoring, `rules-${group.name}`, { group, namespace });
    }
  }

  /** Prometheus, Alertmanager, Grafana, and everything that the model says about the jobs. */
  private watch(sources: Partial<Record<JobName, Source>>, webhook: Component): void {
    const { monitoring: scope, environment, catalogue, flows } = this;
    const namespace = namespaces.monitoring;
    const alertmanager = new Alertmanager(scope, 'alertmanager', {
      namespace,
      url: environment.monitoring.urls.alertmanager,
      mail: environment.monitoring.notifications.mail,
      routing: catalogue,
      ...environment.alertmanager,
    });
    const prometheus = new Prometheus(scope, 'prometheus', {
      namespace,
      environment: environment.monitoring,
      namespaces: [namespaces.chatroom, namespaces.nodes],
      alertmanager: { name: alertmanager.name, namespace, port: 'web' },
      ...environment.prometheus,
    });
    this.scrape(prometheus, {
      ...sources,
      ...this.clusterState(),
      prometheus: { component: prometheus, port: 'web' },
      alertmanager: { component: alertmanager, port: 'web' },
    });
    const grafana = new Grafana(scope, 'grafana', {
      namespace,
      url: environment.monitoring.urls.grafana,
      language: environment.monitoring.locale === 'en' ? 'en-US' : 'zh-Hans',
      prometheus,
      flows,
      ...environment.grafana,
    });
    for (const [file, dashboard] of dashboardFiles(catalogue)) grafana.addBoard({ file, dashboard });
    const { evaluator } = prometheus;
    flows.allow({ from: grafana.workload, to: evaluator, ports: [9090], purpose: 'queries' });
    flows.allow({ from: evaluator, to: alertmanager, ports: [9093], purpose: 'alerts' });
    if (evaluator !== prometheus) {
      flows.allow({ from: evaluator, to: prometheus, ports: [9090], purpose: 'samples of every part' });
    }
    for (const from of new Set<Component>([prometheus, evaluator])) {
      flows.allow({
        from,
        to: { outside: 'api-server' },
        ports: flows.apiServerPorts,
        purpose: 'discovery',
      });
      if (environment.prometheus.remoteWrite) {
        flows.allow({
          from,
          to: { outside: 'world' },
          ports: [portOf(environment.prometheus.remoteWrite.url)],
          purpose: 'remote write',
        });
      }
    }
    if (environment.network?.ingress) {
      const world = { outside: 'world' } as const;
      flows.allow({ from: world, to: evaluator, ports: [9090], purpose: 'links in notifications' });
      flows.allow({ from: world, to: alertmanager, ports: [9093], purpose: 'links in notifications' });
    }
    this.notify(alertmanager, webhook);
    this.rules(namespace);
  }

  /** One ServiceMonitor for each job of the model, or a discovery by the API server where the model says so. */
  private scrape(prometheus: Prometheus, sources: Partial<Record<JobName, Source>>): void {
    const rendered = prometheusConfig(this.catalogue).scrape_configs;
    const nodePorts = new Set<number>();
    const found = (name: JobName) => {
      const config = rendered.find(({ job_name }) => job_name === name);
      if (!config) throw new Error(`job ${name} is in the catalogue and not in its Prometheus configuration`);
      return config;
    };
    for (const job of this.catalogue.jobs as readonly Job<JobName>[]) {
      if (job.discovery === 'kubernetes-apiservers') {
        const config = found(job.name);
        // Only one namespace can hold what the relabelling keeps; listing the others would need access to them.
        prometheus.addNamespace('default');
        prometheus.addKubernetesJob({
          ...kubernetesJob(config),
          namespaces: ['default'],
          access: apiServerMetricsAccess,
        });
        continue;
      }
      if (job.discovery === 'kubernetes-nodes') {
        prometheus.addKubernetesJob({ ...kubernetesJob(found(job.name)), access: kubeletMetricsAccess });
        nodePorts.add(job.port);
        continue;
      }
      const watches = watching.includes(job.name);
      const { component, number } = this.monitor(
        job,
        sources,
        watches ? prometheus.evaluatorName : undefined,
      );
      const onHost = component.namespace === namespaces.nodes;
      const parts = component === prometheus ? new Set([prometheus, prometheus.evaluator]) : [component];
      for (const part of parts) {
        this.flows.allow({
          from: watches ? prometheus.evaluator : prometheus,
          to: onHost ? { outside: 'nodes' } : part,
          ports: [number],
          purpose: `metrics of ${job.name}`,
        });
      }
    }
    for (const port of nodePorts) {
      this.flows.allow({
        from: prometheus,
        to: { outside: 'nodes' },
        ports: [port],
        purpose: 'metrics of kubelets',
      });
    }
  }

  /** One ServiceMonitor for a job of the model; returns what it reads. */
  private monitor(
    job: Job<JobName>,
    sources: Partial<Record<JobName, Source>>,
    prometheus?: string,
  ): { readonly component: Component; readonly number: number } {
    const source = sources[job.name];
    if (!source) {
      throw new Error(`job ${job.name} has no component in the cluster: add it in chatroom-charts.ts`);
    }
    const { component, port } = source;
    const number = component.ports[port];
    if (number !== job.port) {
      throw new Error(
        `job ${job.name} is read at port ${job.port}, but ${component.namespace}/${component.name} listens on ${port}=${number}`,
      );
    }
    new ServiceScrape(this.monitoring, `scrape-${job.name}`, {
      job: job.name,
      namespace: component.namespace,
      port,
      path: job.path,
      interval: job.interval,
      timeout: job.timeout,
      honorLabels: job.honorLabels,
      ...(prometheus && { prometheus }),
    });
    return { component, number };
  }

  /** The ways by which notifications leave, read from the receivers. */
  private notify(alertmanager: Alertmanager, webhook: Component): void {
    const { environment, catalogue, flows, monitoring } = this;
    const sink = environment.notificationSink
      ? new NotificationSink(monitoring, 'notification-sink', { namespace: namespaces.monitoring, flows })
      : undefined;
    const ways = new Map<string, Omit<Flow, 'from'>>();
    for (const channel of catalogue.receivers.flatMap(({ channels }) => channels)) {
      const way = this.way(channel, webhook, sink);
      ways.set(JSON.stringify([isOutside(way.to) ? way.to : way.to.name, way.ports]), way);
    }
    for (const way of ways.values()) flows.allow({ from: alertmanager, ...way });
    if (environment.alertmanager.replicas > 1) {
      // Long messages go by TCP, and short ones, which most are, by UDP.
      for (const protocol of ['TCP', 'UDP'] as const) {
        flows.allow({
          from: alertmanager,
          to: alertmanager,
          ports: [9094],
          protocol,
          purpose: 'what has been told',
        });
      }
    }
  }

  /** Where a channel leads: to a component of ours where its address says so, else out of the cluster. */
  private way(channel: Channel, webhook: Component, sink?: NotificationSink): Omit<Flow, 'from'> {
    const world = { outside: 'world' } as const;
    switch (channel.kind) {
      case 'email': {
        const port = Number(this.catalogue.environment.notifications.mail.smarthost.split(':').at(-1));
        return { to: sink?.mail ?? world, ports: [port], purpose: 'mails' };
      }
      case 'slack':
        return sink
          ? { to: sink.slack, ports: [8080], purpose: 'Slack' }
          : { to: world, ports: [443], purpose: 'Slack' };
      default: {
        const { url } = channel as Channel & { readonly url: string | SecretReference };
        // What only Alertmanager may know is an address of somebody else.
        if (typeof url !== 'string') return { to: world, ports: [443], purpose: 'notifications' };
        const [host] = new URL(url).hostname.split('.');
        const to = [webhook, sink?.slack].find((component) => component?.name === host);
        return { to: to ?? world, ports: [portOf(url)], purpose: `notifications to ${host}` };
      }
    }
  }

  /** What counts pods, replicas, autoscalers and nodes, where the model has a job for it. */
  private clusterState(): Partial<Record<JobName, Source>> {
    if (!this.has('kube-state-metrics')) return {};
    const { workload } = new KubeStateMetrics(this.monitoring, 'kube-state-metrics', {
      namespace: namespaces.monitoring,
      watches: Object.values(namespaces),
      flows: this.flows,
    });
    return { 'kube-state-metrics': { component: workload, port: metricsPort } };
  }
}

function dataStore(
  settings: DataStoreSettings,
  usualPort: number,
  create: (settings: Extract<DataStoreSettings, { kind: 'in-cluster' }>) => DataStore,
): DataStore {
  switch (settings.kind) {
    case 'in-cluster':
      return create(settings);
    case 'external':
      return {
        host: settings.host,
        port: settings.port ?? usualPort,
        tls: settings.tls ?? 'verified',
        peer: { outside: 'world' },
      };
  }
}

/** A job as the model renders it for any Prometheus, in the words of ours. */
function kubernetesJob(rendered: ScrapeConfig): Omit<KubernetesJobProps, 'access'> {
  return {
    name: rendered.job_name,
    finds: rendered.kubernetes_sd_configs?.[0]?.role === 'node' ? 'nodes' : 'endpoints',
    path: rendered.metrics_path,
    certificates: rendered.tls_config?.insecure_skip_verify ? 'unchecked' : 'checked',
    relabelings: rendered.relabel_configs?.map(relabeling),
    metricRelabelings: rendered.metric_relabel_configs?.map(relabeling),
  };
}

function relabeling({ source_labels, target_label, ...step }: RelabelConfig): Relabeling {
  return {
    ...step,
    ...(source_labels && { sourceLabels: source_labels }),
    ...(target_label && { targetLabel: target_label }),
  };
}

function portOf(url: string): number {
  const { port, protocol } = new URL(url);
  return port ? Number(port) : protocol === 'https:' ? 443 : 80;
}
