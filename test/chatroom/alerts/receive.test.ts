import { pino } from 'pino';
import { receiveNotifications } from '../../../chatroom/alerts/receive';
import { createApp } from '../../../chatroom/http/app';
import { answerFailures } from '../../../chatroom/http/fail';
import { WebhookMetrics } from '../../../chatroom/metrics/webhook-metrics';
import { MessageStore, type Draft } from '../../../chatroom/storage/message-store';
import type { Postgres } from '../../../chatroom/storage/postgres';
import { StorageUnavailable } from '../../../chatroom/storage/unavailable';
import { alertmanagerNotification } from '../alertmanager-notification';

interface DraftRow extends Draft {
  readonly ord: number;
}

/** Keeps messages as PostgreSQL does, one insert after the other. */
class FakePostgres {
  readonly ids = new Set<string>();
  /** How many inserts still succeed. */
  patience = Infinity;

  async query(_name: string, _text: string, [drafts]: readonly string[]): Promise<unknown[]> {
    if (this.patience <= 0) throw new StorageUnavailable('gone');
    this.patience -= 1;
    return (JSON.parse(drafts ?? '') as DraftRow[]).map(({ ord, id, text }) => {
      const fresh = !this.ids.has(id);
      this.ids.add(id);
      return { ord, fresh, seq: String(this.ids.size), text, at: new Date(0) };
    });
  }
}

function webhookOn(postgres: FakePostgres) {
  const log = pino({ level: 'silent' });
  const app = createApp(log, 16 * 1_048_576);
  answerFailures(app, () => undefined);
  receiveNotifications(app, {
    store: new MessageStore({
      postgres: postgres as unknown as Postgres,
      committed: () => undefined,
      uncertain: () => undefined,
    }),
    announced: async (alerts) => alerts.map(() => true),
    metrics: new WebhookMetrics(),
    log,
    language: 'en',
    token: '',
  });
  return async (status: 'firing' | 'resolved', count: number) => {
    const alerts = Array.from({ length: count }, (_, index) => ({ fingerprint: `alert-${index}`, status }));
    const response = await app.inject({
      method: 'POST',
      url: '/alerts',
      payload: alertmanagerNotification(alerts),
    });
    return { status: response.statusCode, body: response.json<Record<string, unknown>>() };
  };
}

test.each(['firing', 'resolved'] as const)(
  'a storm of more %s alerts than may wait for PostgreSQL is stored at the first attempt',
  async (state) => {
    const postgres = new FakePostgres();
    const { status, body } = await webhookOn(postgres)(state, 6_000);
    expect({ status, body }).toMatchObject({ status: 200, body: { posted: 6_000, repeated: 0 } });
    expect(postgres.ids.size).toBe(6_000);
  },
  30_000,
);

test('a storm that PostgreSQL interrupts goes on where it was when Alertmanager sends it again', async () => {
  const postgres = new FakePostgres();
  const post = webhookOn(postgres);
  postgres.patience = 4;
  expect((await post('firing', 6_000)).status).toBe(503);
  const before = postgres.ids.size;
  expect(before).toBeGreaterThan(0);
  postgres.patience = Infinity;
  expect(await post('firing', 6_000)).toMatchObject({
    status: 200,
    body: { posted: 6_000 - before, repeated: before },
  });
});
