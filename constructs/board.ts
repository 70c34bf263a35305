import { Construct } from 'constructs';
import { ConfigFiles } from './config-files';
import { namespaces } from './environment';

export interface BoardProps {
  /** Name of the file, e.g. `chatroom-overview.json`. */
  readonly file: string;
  /** The board as Grafana reads it. */
  readonly dashboard: unknown;
  /** Where the sidecar of a Grafana looks for it. @default - where ours looks: `monitoring` */
  readonly namespace?: string;
}

/** The label, with its value, by which the sidecars of Grafanas find boards. */
export const boardLabel = { name: 'grafana_dashboard', value: '1' } as const;

/** One Grafana board in a ConfigMap, labelled so that the sidecar of a Grafana finds it. */
export class Board extends Construct {
  constructor(
    scope: Construct,
    id: string,
    { file, dashboard, namespace = namespaces.monitoring }: BoardProps,
  ) {
    super(scope, id);
    new ConfigFiles(this, 'files', {
      identity: { name: `board-${file.replace(/\.json$/, '').toLowerCase()}`, component: 'board' },
      namespace,
      labels: { [boardLabel.name]: boardLabel.value },
      files: { [file]: `${JSON.stringify(dashboard, null, 2)}\n` },
    });
  }
}
