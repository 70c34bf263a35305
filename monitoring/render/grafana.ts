import type { Catalogue } from '../catalogue';
import { provisioned } from '../dashboards/datasource';

/** `datasources.yml` of Grafana's provisioning. The address is Grafana's view of Prometheus, not people's. */
export function datasources(prometheusUrl: string): Readonly<Record<string, unknown>> {
  return {
    apiVersion: 1,
    datasources: [
      {
        name: provisioned.name,
        uid: provisioned.uid,
        type: 'prometheus',
        access: 'proxy',
        url: prometheusUrl,
        isDefault: true,
        editable: false,
        // A Prometheus that reads from others knows the labels of their series, and not what its own index would say.
        jsonData: { httpMethod: 'POST', seriesEndpoint: true },
      },
    ],
  };
}

/** `dashboards.yml` of Grafana's provisioning: read every board in a folder. */
export function dashboardProvider(folder: string): Readonly<Record<string, unknown>> {
  return {
    apiVersion: 1,
    providers: [
      {
        name: 'chatroom',
        folder: 'Chat-Room',
        type: 'file',
        allowUiUpdates: false,
        options: { path: folder },
      },
    ],
  };
}

/** Every board by the name of its file. */
export function dashboardFiles({ boards }: Catalogue): ReadonlyMap<string, unknown> {
  return new Map(boards.map(({ uid, dashboard }) => [`${uid}.json`, dashboard]));
}
