import type { Text } from './text';

/** The parts of Chat-Room that an alert can be about, and what people call them. */
export const services = {
  chatroom: { zh: '聊天服务', en: 'Chat room' },
  postgresql: { zh: 'PostgreSQL 数据库', en: 'PostgreSQL' },
  redis: { zh: 'Redis', en: 'Redis' },
  nginx: { zh: 'nginx 网关', en: 'nginx' },
  system: { zh: '主机', en: 'Host' },
  monitoring: { zh: '监控系统', en: 'Monitoring' },
  kubernetes: { zh: 'Kubernetes', en: 'Kubernetes' },
} as const satisfies Record<string, Text>;

export type Service = keyof typeof services;
