import { Construct } from 'constructs';
import { ConfigFiles } from './config-files';

export interface BoardProps {
  /** Name of the file, e.g. `chatroom-overview.json`. */
  readonly file: string;
  /** The board as Grafana reads it. */
  readonly dashboard: unknown;
  readonly namespace: string;
}

/** One Grafana board in a ConfigMap, labelled so that the sidecar of any Grafana in the cluster takes it too. */
export class Board extends Construct {
  readonly files: ConfigFiles;
  /** Folder for it below the folder of all boards. */
  readonly folder: string;

  constructor(scope: Construct, id: string, { file, dashboard, namespace }: BoardProps) {
    super(scope, id);
    this.folder = file.replace(/\.json$/, '').toLowerCase();
    this.files = new ConfigFiles(this, 'files', {
      identity: { name: `board-${this.folder}`, component: 'board' },
      namespace,
      labels: { grafana_dashboard: '1' },
      files: { [file]: `${JSON.stringify(dashboard, null, 2)}\n` },
    });
  }
}
