import { once } from 'node:events';
import { Machine } from './machine';

describe('a chat server on a PostgreSQL that was set up to answer before it has stored', () => {
  let machine: Machine;

  beforeAll(async () => {
    machine = await Machine.start();
    await machine.sql('ALTER DATABASE chatroom SET synchronous_commit = off');
    // Long enough for nothing to be written that nobody waits for.
    await machine.sql("ALTER SYSTEM SET wal_writer_delay = '10s'");
    await machine.sql('SELECT pg_reload_conf()');
  }, 120_000);
  afterAll(() => machine?.stop(), 60_000);

  test('loses no message that it has acknowledged, when PostgreSQL dies the moment after', async () => {
    const server = await machine.server('hasty');
    const ann = machine.client({ url: server.ws, name: 'ann' });
    ann.join('durable');
    const joined = once(ann, 'joined');
    ann.open();
    await joined;

    const acks = await Promise.all(['one', 'two', 'three'].map((text) => ann.send('durable', text)));
    await machine.killPostgres();
    await machine.startPostgres();

    const stored = await machine.sql<{ seq: string }>('SELECT seq FROM messages ORDER BY seq');
    expect(stored.map(({ seq }) => Number(seq))).toEqual(acks.map(({ seq }) => seq));
  }, 120_000);
});
