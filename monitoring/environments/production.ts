import type { Environment } from '../environment';

export const production: Environment = {
  name: 'production',
  externalLabels: { cluster: 'chatroom-cluster', environment: 'production' },
  locale: 'zh-CN',
  timeZone: { offsetMinutes: 480, name: { zh: '北京时间', en: 'Beijing time' } },
  scrapeInterval: '15s',
  evaluationInterval: '15s',
  urls: {
    prometheus: 'https://prometheus.chatroom.example.com',
    alertmanager: 'https://alertmanager.chatroom.example.com',
    grafana: 'https://grafana.chatroom.example.com',
    runbooks: 'https://runbooks.chatroom.example.com',
  },
  targets: {
    'chatroom-server': ['chatroom-server:8000'],
    'node-exporter': ['node-exporter:9100'],
    // Needs a Prometheus built with Kubernetes service discovery, which Debian's is not.
    'kubernetes-apiservers': false,
    'kube-state-metrics': false,
    kubelet: false,
    cadvisor: false,
    'postgres-exporter': ['postgres-exporter:9187'],
    'redis-exporter': ['redis-exporter:9121'],
    'nginx-exporter': ['nginx-exporter:9113'],
    'nginx-log-exporter': ['nginx-log-exporter:9117'],
    'chatroom-webhook': ['chatroom-webhook:8080'],
    prometheus: ['localhost:9090'],
    alertmanager: ['alertmanager:9093'],
  },
  alertmanagers: ['alertmanager:9093'],
  notifications: {
    mail: {
      smarthost: 'smtp.gmail.com:587',
      from: 'alerts@chatroom.example.com',
      authentication: {
        username: 'alerts@chatroom.example.com',
        password: { file: '/etc/alertmanager/secrets/smtp-password', key: 'smtp-password' },
      },
      to: {
        operations: 'ops@chatroom.example.com',
        critical: 'critical@chatroom.example.com',
        chatroomTeam: 'chatroom-dev@example.com',
        databaseTeam: 'dba@example.com',
      },
    },
    slack: {
      channel: '#critical-alerts',
      url: { file: '/etc/alertmanager/secrets/slack-url', key: 'slack-url' },
    },
    chatroomWebhook: {
      url: 'http://chatroom-webhook:8080/alerts',
      token: { file: '/etc/alertmanager/secrets/chatroom-webhook-token', key: 'chatroom-webhook-token' },
    },
    deadMansSwitch: { url: 'https://dead-mans-switch.example.com/chatroom' },
  },
};
