import { Construct } from 'constructs';
import { stringify } from 'yaml';
import type { Catalogue } from '../monitoring/catalogue';
import { dashboardFiles, dashboardProvider, datasources } from '../monitoring/render/grafana';
import { Board } from './board';
import { ConfigFiles } from './config-files';
import { images } from './images';
import type { NetworkFlows } from './network-flows';
import type { Resources } from './resources';
import { secrets } from './secret-key';
import { Workload } from './workload';

export interface GrafanaProps {
  readonly namespace: string;
  readonly catalogue: Catalogue;
  readonly resources: Resources;
  /** The Prometheus it asks. */
  readonly prometheus: {
    readonly name: string;
    readonly namespace: string;
    readonly ports: { readonly web: number };
  };
}

const boardsFolder = '/etc/grafana/boards';

/**
 * Grafana with the boards of the model. It keeps nothing: boards and datasource come from ConfigMaps, so that what is
 * on screen is what is in the repository, and a new pod is as good as the old one.
 */
export class Grafana extends Construct {
  readonly workload: Workload;
  readonly boards: readonly Board[];

  constructor(scope: Construct, id: string, props: GrafanaProps & { readonly flows: NetworkFlows }) {
    super(scope, id);
    const { namespace, catalogue, prometheus, flows } = props;
    const url = `http://${prometheus.name}.${prometheus.namespace}.svc:${prometheus.ports.web}`;
    const provision = (subject: string, document: unknown) =>
      new ConfigFiles(this, subject, {
        identity: { name: `grafana-${subject}`, component: 'boards', image: images.grafana },
        namespace,
        files: { 'chatroom.yml': stringify(document) },
      });
    const sources = provision('datasources', datasources(url));
    const providers = provision('dashboards', dashboardProvider(boardsFolder));
    this.boards = [...dashboardFiles(catalogue)].map(
      ([file, dashboard]) => new Board(this, file, { file, dashboard, namespace }),
    );
    this.workload = new Workload(this, 'server', {
      name: 'grafana',
      namespace,
      component: 'boards',
      user: 472,
      containers: [
        {
          name: 'grafana',
          image: images.grafana,
          ports: { http: 3000 },
          environment: {
            GF_SECURITY_ADMIN_USER: secrets.grafanaUser,
            GF_SECURITY_ADMIN_PASSWORD: secrets.grafanaPassword,
            GF_SERVER_ROOT_URL: catalogue.environment.urls.grafana,
            GF_USERS_DEFAULT_LANGUAGE: catalogue.environment.locale === 'en' ? 'en-US' : 'zh-Hans',
            GF_ANALYTICS_REPORTING_ENABLED: 'false',
            GF_ANALYTICS_CHECK_FOR_UPDATES: 'false',
            GF_PLUGINS_PREINSTALL_DISABLED: 'true',
          },
          startup: { http: { path: '/api/health', port: 'http' }, everySeconds: 2, failures: 60 },
          readiness: { http: { path: '/api/health', port: 'http' } },
          liveness: { http: { path: '/api/health', port: 'http' }, failures: 6 },
          resources: props.resources,
          mounts: [
            { path: '/etc/grafana/provisioning/datasources', config: sources },
            { path: '/etc/grafana/provisioning/dashboards', config: providers },
            {
              path: boardsFolder,
              configs: this.boards.map(({ files, folder }) => ({ config: files, folder })),
            },
            { path: '/var/lib/grafana', scratch: 'state' },
            { path: '/tmp', scratch: 'tmp' },
          ],
        },
      ],
    });
    flows.allow({ from: { outside: 'world' }, to: this.workload, ports: [3000], purpose: 'people' });
  }
}
