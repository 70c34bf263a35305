import type { Catalogue } from '../catalogue';
import { alertmanagerConfig } from './alertmanager';
import { dashboardFiles, dashboardProvider, datasources } from './grafana';
import { files, prometheusConfig } from './prometheus';
import { alertRules, recordingRules } from './rules';

/** Every document of a machine without a cluster, as plain objects by the path of its file. */
export function standaloneDocuments(catalogue: Catalogue): ReadonlyMap<string, unknown> {
  return new Map<string, unknown>([
    [files.prometheus, prometheusConfig(catalogue)],
    [files.alertRules, alertRules(catalogue)],
    [files.recordingRules, recordingRules(catalogue)],
    [files.alertmanager, alertmanagerConfig(catalogue)],
    ...[...dashboardFiles(catalogue)].map(([name, board]): [string, unknown] => [
      `dashboards/${name}`,
      board,
    ]),
    ['grafana/provisioning/datasources/prometheus.yml', datasources('http://prometheus:9090')],
    ['grafana/provisioning/dashboards/chatroom.yml', dashboardProvider('/var/lib/grafana/dashboards')],
  ]);
}
