interface AlertSketch {
  readonly fingerprint: string;
  readonly status: 'firing' | 'resolved';
  readonly startsAt?: string;
}

/** A notification as Alertmanager 0.25 sends it (webhook version 4), for these alerts. */
export function alertmanagerNotification(alerts: readonly AlertSketch[]) {
  return {
    receiver: 'chatroom-team',
    status: alerts.some(({ status }) => status === 'firing') ? 'firing' : 'resolved',
    alerts: alerts.map(({ fingerprint, status, startsAt }) => ({
      status,
      labels: {
        alertname: 'PostgreSQLDown',
        severity: 'critical',
        service: 'postgresql',
        instance: fingerprint,
      },
      annotations: {
        summary: '数据库不可用',
        description: `${fingerprint} 连不上`,
        runbook_url: 'https://example.com/runbooks/PostgreSQLDown',
      },
      startsAt: startsAt ?? '2026-07-31T08:00:00.123456789+08:00',
      endsAt: status === 'firing' ? '0001-01-01T00:00:00Z' : '2026-07-31T00:05:00Z',
      generatorURL: 'http://prometheus:9090/graph?g0.expr=pg_up+%3D%3D+0&g0.tab=1',
      fingerprint,
    })),
    groupLabels: { alertname: 'PostgreSQLDown' },
    commonLabels: { alertname: 'PostgreSQLDown' },
    commonAnnotations: {},
    externalURL: 'http://alertmanager:9093',
    version: '4',
    groupKey: '{}:{alertname="PostgreSQLDown"}',
    truncatedAlerts: 0,
  };
}
