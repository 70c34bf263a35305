import { clientsPerGateway } from '../../monitoring/gateway';
import { production as monitoring } from '../../monitoring/environments/production';
import { inCluster, type ClusterEnvironment } from '../environment';

const gateways = { min: 2, max: 6 };

/**
 * The thousand connections of a single machine stand here for ever. What can run out for all is the gateways: chat
 * servers carry more, and both are added as they fill. Four fifths of what they carry at most is worth a word.
 */
const crowded = Math.floor(0.8 * gateways.max * clientsPerGateway);

/**
 * Goes on measuring, alerting and serving when any one pod or node is lost. Copies of Prometheus and of Alertmanager
 * never share a node; those of the chat room are spread as far as the nodes allow, so that on a cluster of few nodes
 * one of them may take several. Grafana and the exporters of the databases are one each: what they show is missing
 * until they run elsewhere. Databases are run by whoever runs databases.
 */
export const production: ClusterEnvironment = {
  monitoring: inCluster(
    {
      ...monitoring,
      alerts: { ChatRoomHighConcurrentConnections: { threshold: crowded } },
      notifications: {
        ...monitoring.notifications,
        // Whoever knows the address can say that all is well.
        deadMansSwitch: {
          url: { file: '/etc/alertmanager/secrets/dead-mans-switch-url', key: 'dead-mans-switch-url' },
        },
      },
    },
    { clusterMetrics: true },
  ),
  chatRoom: { scale: { min: 3, max: 12 }, resources: { cpu: '500m', memory: '512Mi' }, drainSeconds: 60 },
  webhook: { replicas: 2, resources: { cpu: '50m', memory: '192Mi' } },
  // As long as cluster-autoscaler, unless told otherwise, waits for the pods of a node that it takes away.
  gateway: { scale: gateways, resources: { cpu: '250m', memory: '128Mi' }, drainSeconds: 570 },
  postgresql: { kind: 'external', host: 'postgresql.chatroom.example.com' },
  redis: { kind: 'external', host: 'redis.chatroom.example.com' },
  prometheus: {
    replicas: 2,
    // The budgets of SLOs are those of 30 days.
    retention: '31d',
    retentionSize: '45GB',
    storage: '50Gi',
    resources: { cpu: '500m', memory: '2Gi' },
  },
  alertmanager: { replicas: 3, storage: '1Gi', resources: { cpu: '50m', memory: '128Mi' } },
  // Where the chart of ingress-nginx puts it.
  network: { ingress: { namespace: 'ingress-nginx', labels: { 'app.kubernetes.io/name': 'ingress-nginx' } } },
  grafana: { resources: { cpu: '100m', memory: '256Mi' } },
};
