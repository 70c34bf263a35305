import { production as monitoring } from '../../monitoring/environments/production';
import { inCluster, namespaces, type ClusterEnvironment } from '../environment';

/** Fits kind on a laptop: one of everything, mails caught, links for `kubectl port-forward`. */
export const dev: ClusterEnvironment = {
  monitoring: inCluster({
    ...monitoring,
    name: 'dev',
    externalLabels: { cluster: 'chatroom-dev', environment: 'dev' },
    urls: {
      ...monitoring.urls,
      prometheus: 'http://localhost:9090',
      alertmanager: 'http://localhost:9093',
      grafana: 'http://localhost:3000',
    },
    notifications: {
      ...monitoring.notifications,
      deadMansSwitch: { url: `http://slack-catcher.${namespaces.monitoring}.svc:8080/dead-mans-switch` },
      mail: {
        smarthost: `mail-catcher.${namespaces.monitoring}.svc:1025`,
        requireTls: false,
        from: monitoring.notifications.mail.from,
        to: monitoring.notifications.mail.to,
      },
    },
  }),
  chatRoom: { scale: 1, resources: { cpu: '50m', memory: '256Mi' }, drainSeconds: 5 },
  webhook: { replicas: 1, resources: { cpu: '20m', memory: '192Mi' } },
  gateway: { scale: 1, resources: { cpu: '20m', memory: '64Mi' }, drainSeconds: 5 },
  postgresql: { kind: 'in-cluster', storage: '1Gi', resources: { cpu: '50m', memory: '256Mi' } },
  redis: { kind: 'in-cluster', storage: '256Mi', resources: { cpu: '20m', memory: '128Mi' } },
  prometheus: { replicas: 1, retention: '2d', storage: '2Gi', resources: { cpu: '100m', memory: '512Mi' } },
  alertmanager: { replicas: 1, resources: { cpu: '20m', memory: '64Mi' } },
  grafana: { resources: { cpu: '50m', memory: '256Mi' } },
  // minikube has the API server listen at 8443.
  network: { apiServerPorts: [443, 6443, 8443] },
  notificationSink: true,
};
