import { mailNotice, roomNotice, slackNotice } from '../../soak/notices';

const at = new Date(0);
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
  expect(mailNotice('email dba@example.com', at, '[告警] one', body)).toMatchObject({
    firing: ['RedisDown'],
    resolved: ['RedisHighMemoryUsage'],
  });
});

test('in Slack an alert of a firing group that is over is marked, the others fire', () => {
  const body = [
    `*one is down*\nit does not answer\n12:00  <${runbook('ChatRoomServerDown')}|处理手册>  <http://x|面板>`,
    `*[已恢复] other*\nit did not answer\n12:00  <${runbook('ChatRoomHighErrorRate')}|处理手册>  <http://x|面板>`,
  ].join('\n');
  expect(slackNotice('slack #critical-alerts', at, '[告警] [严重] one is down', body)).toMatchObject({
    firing: ['ChatRoomServerDown'],
    resolved: ['ChatRoomHighErrorRate'],
  });
});

test('in Slack everything is over when the title says so', () => {
  const body = `*one*\ntext\n12:00  <${runbook('NginxDown')}|处理手册>`;
  expect(slackNotice('slack #critical-alerts', at, '[已恢复] [严重] one', body)).toMatchObject({
    firing: [],
    resolved: ['NginxDown'],
  });
});

test.each([
  ['🔥 [告警 · 严重] PostgreSQLDown — 数据库不可用\n更多', { firing: ['PostgreSQLDown'], resolved: [] }],
  ['✅ [已恢复 · 严重] PostgreSQLDown — 数据库不可用', { firing: [], resolved: ['PostgreSQLDown'] }],
  ['hello', { firing: [], resolved: [] }],
])('in the room #ops "%s" is about %j', (text, expected) => {
  expect(roomNotice('webhook #ops', at, text)).toMatchObject(expected);
});
