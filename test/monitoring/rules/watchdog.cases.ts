import type { AlertCases } from './case';

export const watchdog: AlertCases = {
  alert: 'Watchdog',
  says: {
    summary: {
      zh: '监控链路心跳（始终触发，属正常）',
      en: 'Heartbeat of the alerting chain (always firing, as it should)',
    },
    description: {
      zh: '这条告警始终触发，并持续发往外部的失联开关。它停止到达时，说明 Prometheus、Alertmanager 或出口网络已中断，外部服务会通知值班人员。',
      en: 'This alert always fires and is sent to the dead man’s switch outside. When it stops arriving, Prometheus, Alertmanager or the way out is dead, and the service outside calls whoever is on duty.',
    },
  },
  fires: [{ when: 'nothing whatsoever happens', given: [], counts: { '2m': 1, '50m': 1 } }],
  silent: [{ when: 'Prometheus has started this very minute', given: [], until: '45s' }],
};
