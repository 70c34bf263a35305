import { mailNotice, roomNotice, slackNotice } from '../../soak/notices';

const at = new Date(0);
const alerts = [{ state: 'firing', fingerprint: 'abc', startsAt: '17' }] as const;
const posted = (title: string, text: string) => ({
  text: '',
  attachments: [{ title, title_link: '', text, color: '', callback_id: 'firing/abc/17 ' }],
  receivedAt: at.toISOString(),
});
const runbook = (name: string): string => `http://127.0.0.1:1/runbooks/${name}.md`;

test('a mail says which alerts fire and, after a line of its own, which are over', () => {
  const body = [
    '正在告警：',
    '* one',
    `  处理手册: ${runbook('RedisDown')}`,
    '已经恢复：',
    '* other',
    `  处理手册: ${runbook('RedisHighMemoryUsage')}`,
  ].join('\n');
  const mail = { subject: '[告警] one', text: body, receivedAt: at, alerts };
  expect(mailNotice('email dba@example.com', mail)).toMatchObject({
    firing: ['RedisDown'],
    resolved: ['RedisHighMemoryUsage'],
    alerts,
  });
});

test('in Slack an alert of a firing group that is over is marked, the others fire', () => {
  const body = [
    `*one is down*\nit does not answer\n12:00  <${runbook('ChatRoomServerDown')}|处理手册>  <http://x|面板>`,
    `*[已恢复] other*\nit did not answer\n12:00  <${runbook('ChatRoomHighErrorRate')}|处理手册>  <http://x|面板>`,
  ].join('\n');
  const message = posted('[告警] [严重] one is down', body);
  expect(slackNotice('slack #critical-alerts', message)).toMatchObject({
    firing: ['ChatRoomServerDown'],
    resolved: ['ChatRoomHighErrorRate'],
    alerts,
  });
});

test('in Slack everything is over when the title says so', () => {
  const body = `*one*\ntext\n12:00  <${runbook('NginxDown')}|处理手册>`;
  expect(slackNotice('slack #critical-alerts', posted('[已恢复] [严重] one', body))).toMatchObject({
    firing: [],
    resolved: ['NginxDown'],
  });
});

test.each([
  ['🔥 [告警 · 严重] PostgreSQLDown — 数据库不可用\n更多', { firing: ['PostgreSQLDown'], resolved: [] }],
  ['✅ [已恢复 · 严重] PostgreSQLDown — 数据库不可用', { firing: [], resolved: ['PostgreSQLDown'] }],
  ['hello', { firing: [], resolved: [] }],
])('in the room #ops "%s" is about %j', (text, expected) => {
  const notice = roomNotice('webhook #ops', { id: 'an-id', at: at.toISOString(), text });
  expect(notice).toMatchObject(expected);
  const states = [...expected.firing.map(() => 'firing'), ...expected.resolved.map(() => 'resolved')];
  expect(notice.alerts).toEqual(states.map((state) => ({ state, fingerprint: 'an-id', startsAt: 'an-id' })));
});
