import { operatorVersion } from '../imports/operator-version';

/**
 * Every image, pinned by version. Versions of Prometheus and Alertmanager are those that the cluster suite runs beside
 * the pinned prometheus-operator.
 *
 * To renew one: take a tag of its release page that names the version in full (each of these is there for amd64 and
 * arm64 under one tag), `npm run synth`, and let the e2e workflow start it. PostgreSQL keeps its major version.
 */
export const images = {
  chatroom: 'ghcr.io/chatroom-monitoring/chatroom:0.1.0',
  nginx: 'docker.io/nginxinc/nginx-unprivileged:1.28.0-alpine',
  postgresql: 'docker.io/library/postgres:17.6-alpine',
  redis: 'docker.io/library/redis:7.4.5-alpine',
  prometheus: 'quay.io/prometheus/prometheus:v3.13.5',
  alertmanager: 'quay.io/prometheus/alertmanager:v0.33.1',
  prometheusOperator: `quay.io/prometheus-operator/prometheus-operator:v${operatorVersion}`,
  configReloader: `quay.io/prometheus-operator/prometheus-config-reloader:v${operatorVersion}`,
  grafana: 'docker.io/grafana/grafana:12.1.1',
  grafanaSidecar: 'quay.io/kiwigrid/k8s-sidecar:1.30.10',
  nodeExporter: 'quay.io/prometheus/node-exporter:v1.9.1',
  postgresExporter: 'quay.io/prometheuscommunity/postgres-exporter:v0.17.1',
  redisExporter: 'docker.io/oliver006/redis_exporter:v1.74.0',
  nginxExporter: 'docker.io/nginx/nginx-prometheus-exporter:1.4.2',
  kubeStateMetrics: 'registry.k8s.io/kube-state-metrics/kube-state-metrics:v2.17.0',
  mailCatcher: 'docker.io/axllent/mailpit:v1.27.7',
} as const;

/**
 * The version in an image reference, without a leading v.
 * @throws {Error} when the reference does not name one: an image that may change overnight is not pinned
 */
export function imageVersion(image: string): string {
  const tag = /:v?([^:/@]+)(?:@sha256:[0-9a-f]{64})?$/.exec(image)?.[1];
  if (tag === undefined || tag === 'latest') {
    throw new Error(
      `image ${image} is not pinned: name a version, such as ${image.replace(/:.*$/, '')}:1.2.3`,
    );
  }
  return tag;
}
