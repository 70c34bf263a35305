import { setTimeout as sleep } from 'node:timers/promises';
import { pino } from 'pino';
import { createApp } from '../../../chatroom/http/app';
import { answerFailures } from '../../../chatroom/http/fail';
import { serveFaults } from '../../../chatroom/http/faults';
import { measure } from '../../../chatroom/http/measure';
import { serveOperations } from '../../../chatroom/http/operations';
import { ServerMetrics } from '../../../chatroom/metrics/server-metrics';
import { StorageUnavailable } from '../../../chatroom/storage/unavailable';
import { eventually } from '../../stack/chatroom/eventually';

const running: { close: () => Promise<unknown> }[] = [];

afterEach(async () => {
  for (const app of running.splice(0)) await app.close();
});

const appWith = (props: { faults?: boolean; check?: () => Promise<void>; onSlow?: () => void } = {}) => {
  const app = createApp(pino({ level: 'silent' }), 1_000);
  running.push(app);
  const counted: string[] = [];
  const durations: number[] = [];
  const exceptions: string[] = [];
  measure(app, (method, path, status, seconds) => {
    counted.push(`${method} ${path} ${status}`);
    durations.push(seconds);
  });
  answerFailures(app, (origin) => exceptions.push(origin));
  serveOperations(app, {
    registry: new ServerMetrics([]).registry,
    checks: { it: props.check ?? (async () => undefined) },
  });
  if (props.faults) serveFaults(app, pino({ level: 'silent' }));
  app.get('/api/rooms', async () => ({ rooms: [] }));
  app.get('/api/away', async () => {
    throw new StorageUnavailable('gone');
  });
  app.get('/api/broken', async () => {
    throw new TypeError('a defect');
  });
  app.get('/api/slow', async () => {
    props.onSlow?.();
    await sleep(2_000);
  });
  app.post('/api/echo', async (request) => request.body);
  return { app, counted, durations, exceptions };
};

test('a failure says what the caller can do, and only a defect is an exception of http', async () => {
  const { app, counted, exceptions } = appWith();
  const address = await app.listen({ port: 0, host: '127.0.0.1' });
  const away = await fetch(`${address}/api/away`);
  expect([away.status, away.headers.get('retry-after')]).toEqual([503, '1']);
  expect(await away.json()).toMatchObject({ error: 'unavailable', retryable: true });
  expect(exceptions).toEqual([]);
  const broken = await fetch(`${address}/api/broken`);
  expect(broken.status).toBe(500);
  expect(await broken.text()).not.toContain('a defect');
  expect(exceptions).toEqual(['http']);
  const tooMuch = await fetch(`${address}/api/echo`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ x: 'y'.repeat(2_000) }),
  });
  expect(tooMuch.status).toBe(413);
  expect((await fetch(`${address}/nowhere/${'x'.repeat(500)}`)).status).toBe(404);
  await app.close();
  expect(counted).toEqual([
    'GET /api/away 503',
    'GET /api/broken 500',
    'POST /api/echo 413',
    'GET unmatched 404',
  ]);
  expect(exceptions).toEqual(['http']);
});

test('probes and scrapes are not counted', async () => {
  const { app, counted } = appWith();
  for (const url of ['/healthz', '/readyz', '/metrics']) expect((await app.inject(url)).statusCode).toBe(200);
  expect(counted).toEqual([]);
});

test('a client that gives up waiting is counted, with the time it waited', async () => {
  const asked = Promise.withResolvers<void>();
  const { app, counted, durations } = appWith({ onSlow: asked.resolve });
  const address = await app.listen({ port: 0, host: '127.0.0.1' });
  const patience = new AbortController();
  const answer = fetch(`${address}/api/slow`, { signal: patience.signal });
  await asked.promise;
  const waitsFrom = performance.now();
  await sleep(200);
  const waited = (performance.now() - waitsFrom) / 1_000;
  patience.abort();
  await expect(answer).rejects.toThrow();
  await eventually(() => counted.length > 0);
  expect(counted).toEqual(['GET /api/slow 499']);
  expect(durations[0]).toBeGreaterThanOrEqual(waited - 0.02);
});

test('readiness names what is missing, also when that does not answer at all', async () => {
  const refused = appWith({
    check: async () => {
      throw new Error('no route');
    },
  });
  expect((await refused.app.inject('/readyz')).json()).toEqual({ ready: false, checks: { it: 'no route' } });
  const silent = appWith({ check: () => new Promise(() => undefined) });
  const answer = await silent.app.inject('/readyz');
  expect(answer.statusCode).toBe(503);
  expect(answer.json()).toEqual({ ready: false, checks: { it: 'no answer within 1000 ms' } });
});

describe('injected faults', () => {
  const order = (app: ReturnType<typeof appWith>['app'], payload: object) =>
    app.inject({ method: 'POST', url: '/faults', payload });

  test('do not exist unless they are enabled', async () => {
    const { app } = appWith();
    expect((await order(app, { errorRatio: 1 })).statusCode).toBe(404);
    expect((await app.inject('/api/rooms')).statusCode).toBe(200);
  });

  test('fail and delay requests to the API, never operations, until the next order', async () => {
    const { app, exceptions, durations } = appWith({ faults: true });
    expect((await order(app, { errorRatio: 1, delaySeconds: 0.2 })).json()).toEqual({
      errorRatio: 1,
      delaySeconds: 0.2,
    });
    expect((await app.inject('/api/rooms')).statusCode).toBe(500);
    expect(durations.at(-1)).toBeGreaterThan(0.15);
    expect(exceptions).toEqual(['http']);
    for (const url of ['/healthz', '/readyz', '/metrics'])
      expect((await app.inject(url)).statusCode).toBe(200);
    expect((await order(app, {})).statusCode).toBe(200);
    expect((await app.inject('/api/rooms')).statusCode).toBe(200);
  });

  test('fail the share that was ordered', async () => {
    const { app } = appWith({ faults: true });
    await order(app, { errorRatio: 0.5 });
    const statuses = await Promise.all(
      Array.from({ length: 400 }, async () => (await app.inject('/api/rooms')).statusCode),
    );
    const failed = statuses.filter((status) => status === 500).length;
    // Six standard deviations on either side: fails by chance once in hundreds of millions of runs.
    expect(Math.abs(failed - 200)).toBeLessThan(60);
  });

  test('end by themselves', async () => {
    const { app } = appWith({ faults: true });
    await order(app, { errorRatio: 1, durationSeconds: 1 });
    expect((await app.inject('/api/rooms')).statusCode).toBe(500);
    await eventually(async () => (await app.inject('/api/rooms')).statusCode === 200);
  });

  test.each([{ errorRatio: 2 }, { delaySeconds: -1 }, { delay: 3 }, { durationSeconds: 0 }])(
    'are refused when the order is %j, and change nothing',
    async (payload) => {
      const { app } = appWith({ faults: true });
      expect((await order(app, payload)).statusCode).toBe(400);
      expect((await app.inject('/api/rooms')).statusCode).toBe(200);
    },
  );
});
