import { parseNotification } from '../../../chatroom/alerts/notification';
import { alertDraft } from '../../../chatroom/alerts/alert-draft';
import { alertmanagerNotification } from '../alertmanager-notification';
import { damage } from '../damage';
import { seeded } from '../random';

test('a notification of Alertmanager is read', () => {
  const body = alertmanagerNotification([{ fingerprint: 'a', status: 'firing' }]);
  expect(parseNotification(body)).toMatchObject({
    ok: true,
    rejected: 0,
    truncated: 0,
    alerts: [{ fingerprint: 'a' }],
  });
});

test('alerts that cannot be read are left out, unless all are', () => {
  const body = alertmanagerNotification([{ fingerprint: 'a', status: 'firing' }]);
  expect(parseNotification({ ...body, alerts: [...body.alerts, {}] })).toMatchObject({
    ok: true,
    rejected: 1,
  });
  expect(parseNotification({ ...body, alerts: [{}] })).toMatchObject({ ok: false });
  expect(parseNotification({ ...body, alerts: [] })).toMatchObject({ ok: true, alerts: [] });
  expect(parseNotification({ ...body, version: '3' })).toMatchObject({
    ok: false,
    problem: expect.stringMatching(/^version/) as string,
  });
});

test('fifty thousand damaged notifications are each read or refused, and what is read can be stored', () => {
  const random = seeded(11);
  const body = alertmanagerNotification([
    { fingerprint: 'a', status: 'firing' },
    { fingerprint: 'b', status: 'resolved' },
  ]);
  let read = 0;
  for (let count = 0; count < 50_000; count += 1) {
    const parsed = parseNotification(damage(body, random));
    if (!parsed.ok) continue;
    for (const alert of parsed.alerts) {
      const { text, id } = alertDraft(alert, 'en');
      read += 1;
      if (text.includes('\u0000') || !text.isWellFormed() || text.length > 4_000 || id.length !== 64) {
        throw new Error(`cannot be stored: ${JSON.stringify(alert)}`);
      }
    }
  }
  expect(read).toBeGreaterThan(5_000);
});
