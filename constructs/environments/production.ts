import { production as monitoring } from '../../monitoring/environments/production';
import { inCluster, type ClusterEnvironment } from '../environment';

/** Survives the loss of any one pod or node; databases are run by whoever runs databases. */
export const production: ClusterEnvironment = {
  monitoring: inCluster(monitoring, { clusterMetrics: true }),
  chatRoom: { scale: { min: 3, max: 12 }, resources: { cpu: '500m', memory: '512Mi' }, drainSeconds: 60 },
  webhook: { replicas: 2, resources: { cpu: '50m', memory: '192Mi' } },
  gateway: { scale: { min: 2, max: 6 }, resources: { cpu: '250m', memory: '128Mi' } },
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
  grafana: { resources: { cpu: '100m', memory: '256Mi' } },
};
