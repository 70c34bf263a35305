import { once } from 'node:events';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { HeapProbe } from '../../../local/observe/heap-probe';
import { damage, garble } from '../../chatroom/damage';
import { seeded } from '../../chatroom/random';
import { alertmanagerNotification } from '../../chatroom/alertmanager-notification';
import { eventually } from './eventually';
import { freePort } from './free-port';
import { Machine, metric, type OwnProcess } from './machine';
import { Recorder } from './recorder';
import { bytesPerItem, smallHeap } from './small-heap';

const token = 'a token with spaces';

const post = (webhook: OwnProcess, body: unknown, authorization = `Bearer ${token}`) =>
  fetch(`${webhook.http}/alerts`, {
    method: 'POST',
    headers: { 'content-type': 'application/json', authorization },
    body: typeof body === 'string' ? body : JSON.stringify(body),
  });

describe('chatroom-webhook', () => {
  let machine: Machine;
  let server: OwnProcess;
  let one: OwnProcess;
  let two: OwnProcess;
  const folder = mkdtempSync(join(tmpdir(), 'chatroom-token-'));

  beforeAll(async () => {
    writeFileSync(join(folder, 'token'), `${token}\n`);
    const env = { CHATROOM_WEBHOOK_TOKEN_FILE: join(folder, 'token') };
    machine = await Machine.start();
    [server, one, two] = await Promise.all([
      machine.server('server'),
      machine.webhook(env),
      machine.webhook(env),
    ]);
  }, 120_000);
  afterAll(async () => {
    rmSync(folder, { recursive: true });
    await machine?.stop();
  }, 120_000);

  const ops = async () => {
    const client = machine.client({ url: server.ws, name: 'operator' });
    const recorder = new Recorder(client, 'ops');
    client.join('ops');
    client.open();
    await once(client, 'joined');
    return recorder;
  };

  test('posts firing and resolved alerts into #ops, where people see them at once', async () => {
    const recorder = await ops();
    const firing = alertmanagerNotification([{ fingerprint: 'seen', status: 'firing' }]);
    expect(await (await post(one, firing)).json()).toEqual({
      posted: 1,
      repeated: 0,
      rejected: 0,
      unannounced: 0,
    });
    await eventually(() => recorder.messages.size === 1, 1_000);
    const resolved = alertmanagerNotification([{ fingerprint: 'seen', status: 'resolved' }]);
    expect((await post(two, resolved)).status).toBe(200);
    await eventually(() => recorder.messages.size === 2, 1_000);
    const [first, second] = [...recorder.messages.values()];
    expect(first).toMatchObject({ kind: 'alert', author: 'alertmanager' });
    expect(first?.text).toContain('[告警 · 严重] PostgreSQLDown — 数据库不可用');
    expect(second?.text).toContain('[已恢复 · 严重] PostgreSQLDown');
    expect(await metric(one, 'chatroom_webhook_alerts_posted_total{status="firing"}')).toBe(1);
    expect(await metric(two, 'chatroom_webhook_alerts_posted_total{status="resolved"}')).toBe(1);
  }, 120_000);

  test('posts an alert once, however often and to whichever replica it is sent, also after a restart', async () => {
    const body = alertmanagerNotification([
      { fingerprint: 'once-1', status: 'firing' },
      { fingerprint: 'once-2', status: 'firing' },
      { fingerprint: 'once-1', status: 'firing' },
    ]);
    const answers = await Promise.all(
      Array.from({ length: 20 }, (_, index) => post(index % 2 ? one : two, body)),
    );
    expect(answers.map(({ status }) => status)).toEqual(Array(20).fill(200));
    const third = await machine.webhook({ CHATROOM_WEBHOOK_TOKEN: token });
    expect(await (await post(third, body)).json()).toMatchObject({ posted: 0, repeated: 3, rejected: 0 });
    const rows = await machine.sql("SELECT text FROM messages WHERE text LIKE '%once-_%'");
    expect(rows).toHaveLength(2);
  }, 120_000);

  describe('that an alert is over', () => {
    const [early, later, last] = ['2026-07-31T01:00:00Z', '2026-07-31T02:00:00Z', '2026-07-31T03:00:00Z'];
    const tell = async (
      to: OwnProcess,
      fingerprint: string,
      status: 'firing' | 'resolved',
      startsAt: string | undefined,
    ) => {
      const answer = await post(
        to,
        alertmanagerNotification([{ fingerprint, status, ...(startsAt && { startsAt }) }]),
      );
      expect(answer.status).toBe(200);
      return ((await answer.json()) as { posted: number }).posted;
    };

    test('is not said when nobody was told that it fires', async () => {
      const body = alertmanagerNotification([
        { fingerprint: 'its cause', status: 'firing' },
        { fingerprint: 'muted', status: 'resolved' },
      ]);
      expect(await (await post(one, body)).json()).toMatchObject({ posted: 1, unannounced: 1 });
      expect(await machine.sql("SELECT 1 FROM messages WHERE text LIKE '%muted%'")).toHaveLength(0);
    }, 120_000);

    test('is said by a replica that has only just started, once', async () => {
      expect(await tell(one, 'remembered', 'firing', early)).toBe(1);
      const fresh = await machine.webhook({ CHATROOM_WEBHOOK_TOKEN: token });
      expect(await tell(fresh, 'remembered', 'resolved', early)).toBe(1);
      expect(await tell(two, 'remembered', 'resolved', early)).toBe(0);
    }, 120_000);

    test('is said of one that had come back before its end was told, though this firing was not', async () => {
      expect(await tell(one, 'flapping', 'firing', early)).toBe(1);
      expect(await tell(two, 'flapping', 'resolved', later)).toBe(1);
      // From here on all is told: what is muted later is over in silence, what is told later is not.
      expect(await tell(one, 'flapping', 'resolved', last)).toBe(0);
      expect(await tell(one, 'flapping', 'firing', last)).toBe(1);
      expect(await tell(two, 'flapping', 'resolved', last)).toBe(1);
    }, 120_000);
  });

  test('stores every alert of a storm, firing and over, though they are more than may wait at a time', async () => {
    const stored = async () => (await machine.sql('SELECT 1 FROM messages')).length;
    const before = await stored();
    for (const status of ['firing', 'resolved'] as const) {
      const storm = Array.from({ length: 6_000 }, (_, index) => ({ fingerprint: `storm-${index}`, status }));
      const answer = await post(one, alertmanagerNotification(storm));
      expect([answer.status, await answer.json()]).toMatchObject([200, { posted: 6_000, repeated: 0 }]);
    }
    expect(await stored()).toBe(before + 12_000);
  }, 120_000);

  test('answers 503 while it cannot store, so that Alertmanager sends again, and then posts once', async () => {
    const body = alertmanagerNotification([{ fingerprint: 'during-outage', status: 'firing' }]);
    await machine.killPostgres();
    const refused = await post(one, body);
    expect(refused.status).toBe(503);
    expect(refused.headers.get('retry-after')).toBe('1');
    expect((await fetch(`${one.http}/readyz`)).status).toBe(503);
    await machine.startPostgres();
    await eventually(async () => (await post(one, body)).status === 200);
    expect((await post(two, body)).status).toBe(200);
    expect(await machine.sql("SELECT 1 FROM messages WHERE text LIKE '%during-outage%'")).toHaveLength(1);
    expect(await metric(one, 'chatroom_webhook_notifications_total{result="failed"}')).toBeGreaterThan(0);
  }, 120_000);

  test('posts while Redis is gone, and people see it all the same', async () => {
    const recorder = await ops();
    await machine.redis.stop('SIGKILL');
    const body = alertmanagerNotification([{ fingerprint: 'redis-is-down', status: 'firing' }]);
    expect((await post(one, body)).status).toBe(200);
    await eventually(() => recorder.texts().some((text) => text.includes('redis-is-down')), 5_000);
    await machine.startRedis();
    await eventually(async () => (await fetch(`${one.http}/readyz`)).ok);
  }, 120_000);

  test.each(['', 'Bearer', 'Bearer wrong', `Bearer ${token}x`, `Basic ${token}`, token])(
    'lets nobody in with the authorization "%s"',
    async (authorization) => {
      const body = alertmanagerNotification([{ fingerprint: 'stranger', status: 'firing' }]);
      expect((await post(one, body, authorization)).status).toBe(401);
      expect(await machine.sql("SELECT 1 FROM messages WHERE text LIKE '%stranger%'")).toHaveLength(0);
    },
  );

  test('posts what it can read of a notification and reports the rest', async () => {
    const body = alertmanagerNotification([{ fingerprint: 'readable', status: 'firing' }]);
    const mixed = { ...body, alerts: [...body.alerts, { status: 'perhaps' }, null], truncatedAlerts: 7 };
    expect(await (await post(one, mixed)).json()).toMatchObject({ posted: 1, repeated: 0, rejected: 2 });
    expect(await metric(one, 'chatroom_webhook_alerts_truncated_total')).toBe(7);
    expect((await post(one, { version: '3' })).status).toBe(400);
    expect((await post(one, 'not json')).status).toBe(400);
  }, 120_000);

  test('outlives ten thousand malformed notifications in a heap of 80 MiB and keeps nothing of them', async () => {
    const inspected = await freePort();
    const small = await machine.webhook({
      NODE_OPTIONS: `${smallHeap} --inspect=127.0.0.1:${inspected}`,
      CHATROOM_LOG_LEVEL: 'error',
      CHATROOM_WEBHOOK_TOKEN: token,
    });
    const probe = await HeapProbe.attach(inspected);
    const random = seeded(42);
    const statuses = new Map<number, number>();
    const batch = async (size: number) => {
      const answers = await Promise.all(
        Array.from({ length: size }, () => {
          const body = alertmanagerNotification([{ fingerprint: 'fuzz', status: 'firing' }]);
          const text = JSON.stringify(damage(body, random)) ?? '';
          return post(small, random() < 0.3 ? garble(text, random) : text);
        }),
      );
      for (const answer of answers) {
        await answer.arrayBuffer();
        statuses.set(answer.status, (statuses.get(answer.status) ?? 0) + 1);
      }
    };
    for (let count = 0; count < 60; count += 1) await batch(50);
    const before = await probe.liveBytes();
    for (let count = 0; count < 200; count += 1) await batch(50);
    const after = await probe.liveBytes();
    probe.close();
    expect((after - before) / 10_000).toBeLessThan(bytesPerItem);
    expect([...statuses.keys()].sort()).toEqual([200, 400]);
    expect(statuses.get(400)).toBeGreaterThan(2_000);
    expect(await metric(small, 'chatroom_webhook_exceptions_total{origin="http"}')).toBe(0);
    expect(await metric(small, 'chatroom_webhook_exceptions_total{origin="postgres"}')).toBe(0);
  }, 300_000);
});
