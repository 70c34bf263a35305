import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { NotificationContext } from '../../../monitoring/model/receiver';
import { headline, mailBody, slackText } from '../../../monitoring/routing/message';
import { amtool } from '../amtool';

const folder = mkdtempSync(join(tmpdir(), 'messages-'));
afterAll(() => rmSync(folder, { recursive: true }));

const name = { zh: '北京时间', en: 'Beijing time' };
const chinese: NotificationContext = { locale: 'zh-CN', timeZone: { offsetMinutes: 480, name } };
const english: NotificationContext = { locale: 'en', timeZone: { offsetMinutes: 480, name } };

function alert(summary: string, severity: string, ended?: string) {
  return {
    status: ended ? 'resolved' : 'firing',
    labels: { alertname: 'SomeAlert', severity, service: 'redis' },
    annotations: {
      summary,
      description: `${summary}: what it does to users.`,
      runbook_url: 'https://runbooks/SomeAlert.md',
      dashboard_url: 'https://grafana/d/board',
    },
    startsAt: '2026-01-01T20:30:00Z',
    endsAt: ended ?? '0001-01-01T00:00:00Z',
    generatorURL: 'https://prometheus/graph',
  };
}

/** What Alertmanager's own template engine makes of a text for a group of alerts. */
async function rendered(template: string, ...alerts: readonly ReturnType<typeof alert>[]): Promise<string> {
  const file = join(folder, 'data.json');
  const status = alerts.some((each) => each.status === 'firing') ? 'firing' : 'resolved';
  writeFileSync(file, JSON.stringify({ status, alerts, externalURL: 'https://alertmanager' }));
  const { code, output, remarks } = await amtool(
    'template',
    'render',
    '--template.glob=/dev/null',
    `--template.data=${file}`,
    `--template.text=${template}`,
  );
  expect({ code, remarks }).toEqual({ code: 0, remarks: '' });
  return output;
}

describe('the headline of a group', () => {
  test('says that it fires, how bad it is, and what it is', async () => {
    expect(await rendered(headline(chinese), alert('Redis 不可用', 'critical'))).toBe(
      '[告警] [严重] Redis 不可用',
    );
    expect(await rendered(headline(english), alert('Redis is full', 'warning'))).toBe(
      '[FIRING] [WARNING] Redis is full',
    );
  });

  test('says when it is over', async () => {
    const over = alert('Redis 不可用', 'critical', '2026-01-01T20:45:00Z');
    expect(await rendered(headline(chinese), over)).toBe('[已恢复] [严重] Redis 不可用');
  });

  test('names the worst of those that still fire, and counts them', async () => {
    const alerts = [
      alert('over', 'critical', '2026-01-01T20:45:00Z'),
      alert('mild', 'warning'),
      alert('bad', 'critical'),
      alert('bad too', 'critical'),
    ];
    expect(await rendered(headline(chinese), ...alerts)).toBe('[告警] [严重] bad（共 3 条）');
    expect(await rendered(headline(english), ...alerts)).toBe('[FIRING] [CRITICAL] bad (3 alerts)');
  });
});

test('a mail lists what fires before what is over, with times in the zone that it names', async () => {
  const body = await rendered(
    mailBody(chinese),
    alert('已经好了', 'warning', '2026-01-01T20:45:00Z'),
    alert('还在告警', 'critical'),
  );
  const lines = body.split('\n').map((line) => line.trim());
  expect(lines.filter((line) => line !== '')).toEqual([
    '正在告警：',
    '* 还在告警',
    '还在告警: what it does to users.',
    '级别: critical  服务: redis  告警名: SomeAlert',
    '开始: 2026-01-02 04:30:00 北京时间 (UTC+08:00)',
    '处理手册: https://runbooks/SomeAlert.md',
    '面板: https://grafana/d/board',
    '查询: https://prometheus/graph',
    '已经恢复：',
    '* 已经好了',
    '已经好了: what it does to users.',
    '级别: warning  服务: redis  告警名: SomeAlert',
    '开始: 2026-01-02 04:30:00 北京时间 (UTC+08:00)',
    '恢复: 2026-01-02 04:45:00 北京时间 (UTC+08:00)',
    '处理手册: https://runbooks/SomeAlert.md',
    '面板: https://grafana/d/board',
    '查询: https://prometheus/graph',
    '所有告警: https://alertmanager/#/alerts',
  ]);
});

test('a zone west of Greenwich, by half an hour, is counted and named right', async () => {
  const newfoundland = { offsetMinutes: -210, name: { zh: '纽芬兰时间', en: 'Newfoundland time' } };
  const body = await rendered(
    mailBody({ locale: 'en', timeZone: newfoundland }),
    alert('Redis is full', 'warning'),
  );
  expect(body).toContain('Started: 2026-01-01 17:00:00 Newfoundland time (UTC-03:30)');
});

test('Slack marks what is over among what still fires', async () => {
  const text = await rendered(
    slackText(english),
    alert('one', 'critical'),
    alert('two', 'critical', '2026-01-01T20:45:00Z'),
  );
  expect(text).toMatch(/^\*one\*\n/);
  expect(text).toMatch(/^\*\[RESOLVED\] two\*$/m);
  expect(text).toContain('<https://runbooks/SomeAlert.md|Runbook>');
});
