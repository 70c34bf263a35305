import { Construct } from 'constructs';
import { stringify } from 'yaml';
import { dashboardProvider, datasources } from '../monitoring/render/grafana';
import { Access, type AccessRule } from './access';
import { Board, boardLabel, type BoardProps } from './board';
import { ConfigFiles } from './config-files';
import { images } from './images';
import type { NetworkFlows } from './network-flows';
import type { Resources } from './resources';
import { secrets } from './secret-key';
import { Workload } from './workload';

export interface GrafanaProps {
  readonly namespace: string;
  readonly resources: Resources;
  /** Address under which people reach it. */
  readonly url: string;
  /** @default en-US */
  readonly language?: 'en-US' | 'zh-Hans';
  /** The Prometheus it asks. Others are added by `addDatasource`. */
  readonly prometheus: {
    readonly name: string;
    readonly namespace: string;
    readonly ports: { readonly web: number };
  };
  readonly flows: NetworkFlows;
}

/** Something that Grafana asks. */
export interface DatasourceProps {
  readonly name: string;
  /** By which boards refer to it. @default - the name */
  readonly uid?: string;
  /** Grafana's word for its kind: `prometheus`, `loki`... */
  readonly type: string;
  /** Its address as Grafana sees it. Allow the flow to it as well. */
  readonly url: string;
}

/** What finding boards takes, in its own namespace. */
export const boardAccess: readonly AccessRule[] = [
  { groups: [''], resources: ['configmaps'], verbs: ['get', 'list', 'watch'] },
];

const boardsFolder = '/etc/grafana/boards';
const boardsMount = { path: boardsFolder, scratch: 'boards', size: '64Mi' } as const;

/**
 * Grafana, which keeps nothing: datasources come from a ConfigMap, and boards from every ConfigMap of its namespace that
 * has the label of boards, whoever wrote it. A sidecar looks for them, so that a board that is added, changed or taken
 * away is so on screen within a minute, and a new pod is as good as the old one.
 */
export class Grafana extends Construct {
  readonly workload: Workload;
  private readonly sources: ConfigFiles;

  constructor(
    scope: Construct,
    id: string,
    private readonly props: GrafanaProps,
  ) {
    super(scope, id);
    const { namespace, prometheus, flows } = props;
    const url = `http://${prometheus.name}.${prometheus.namespace}.svc:${prometheus.ports.web}`;
    const provision = (subject: string, document: unknown) =>
      new ConfigFiles(this, subject, {
        identity: { name: `grafana-${subject}`, component: 'boards', image: images.grafana },
        namespace,
        files: { 'chatroom.yml': stringify(document) },
      });
    this.sources = provision('datasources', datasources(url));
    const providers = provision('dashboards', dashboardProvider(boardsFolder));
    this.workload = new Workload(this, 'server', {
      name: 'grafana',
      namespace,
      component: 'boards',
      user: 472,
      apiAccess: true,
      containers: [
        {
          name: 'grafana',
          image: images.grafana,
          ports: { http: 3000 },
          environment: {
            GF_SECURITY_ADMIN_USER: secrets.grafanaUser,
            GF_SECURITY_ADMIN_PASSWORD: secrets.grafanaPassword,
            GF_SERVER_ROOT_URL: props.url,
            GF_USERS_DEFAULT_LANGUAGE: props.language ?? 'en-US',
            GF_ANALYTICS_REPORTING_ENABLED: 'false',
            GF_ANALYTICS_CHECK_FOR_UPDATES: 'false',
            GF_PLUGINS_PREINSTALL_DISABLED: 'true',
          },
          startup: { http: { path: '/api/health', port: 'http' }, everySeconds: 2, failures: 60 },
          readiness: { http: { path: '/api/health', port: 'http' } },
          liveness: { http: { path: '/api/health', port: 'http' }, failures: 6 },
          resources: props.resources,
          mounts: [
            { path: '/etc/grafana/provisioning/datasources', config: this.sources },
            { path: '/etc/grafana/provisioning/dashboards', config: providers },
            boardsMount,
            { path: '/var/lib/grafana', scratch: 'state' },
            { path: '/tmp', scratch: 'tmp' },
          ],
        },
        {
          name: 'boards',
          image: images.grafanaSidecar,
          environment: {
            LABEL: boardLabel.name,
            LABEL_VALUE: boardLabel.value,
            RESOURCE: 'configmap',
            NAMESPACE: namespace,
            FOLDER: boardsFolder,
            // Two ConfigMaps may call their file the same.
            UNIQUE_FILENAMES: 'true',
          },
          resources: { cpu: '10m', memory: '128Mi' },
          mounts: [boardsMount, { path: '/tmp', scratch: 'boards-tmp', size: '16Mi' }],
        },
      ],
    });
    new Access(this, 'access', {
      account: { name: this.workload.serviceAccount, namespace },
      namespaced: { namespaces: [namespace], rules: boardAccess },
    });
    flows.allow({ from: { outside: 'world' }, to: this.workload, ports: [3000], purpose: 'people' });
    flows.allow({
      from: this.workload,
      to: { outside: 'api-server' },
      ports: flows.apiServerPorts,
      purpose: 'looking for boards',
    });
  }

  /** Shows one more board. */
  addBoard(board: Omit<BoardProps, 'namespace'>): Board {
    return new Board(this, board.file, { ...board, namespace: this.props.namespace });
  }

  /** Lets boards ask something else. */
  addDatasource({ name, uid = name, type, url }: DatasourceProps): void {
    const datasource = { name, uid, type, access: 'proxy', url, isDefault: false, editable: false };
    this.sources.addFile(
      `${name.toLowerCase().replaceAll(/[^a-z0-9]+/g, '-')}.yml`,
      stringify({ apiVersion: 1, datasources: [datasource] }),
    );
  }
}
