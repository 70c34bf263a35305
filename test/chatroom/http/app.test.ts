import { pino } from 'pino';
import { createApp } from '../../../chatroom/http/app';

test('a client may not take for ever to send its request, nor to read its answer', async () => {
  const app = createApp(pino({ level: 'silent' }), 1_000);
  await app.ready();
  // 0 would mean no limit, which is what Fastify sets unless told otherwise.
  for (const limit of [app.server.requestTimeout, app.server.headersTimeout]) {
    expect(limit).toBeGreaterThan(0);
    expect(limit).toBeLessThanOrEqual(60_000);
  }
  expect(app.server.timeout).toBeGreaterThan(0);
  expect(app.server.timeout).toBeLessThanOrEqual(120_000);
  await app.close();
});
