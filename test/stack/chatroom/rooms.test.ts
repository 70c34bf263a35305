import { once } from 'node:events';
import { setTimeout as sleep } from 'node:timers/promises';
import { eventually } from './eventually';
import { Machine, metric, type OwnProcess } from './machine';
import { Recorder } from './recorder';

describe('two replicas behind nginx', () => {
  let machine: Machine;
  let one: OwnProcess;
  let two: OwnProcess;
  let front: OwnProcess;

  beforeAll(async () => {
    machine = await Machine.start();
    // Together, so that both find an empty database and have to take turns migrating it.
    [one, two] = await Promise.all([machine.server('one'), machine.server('two')]);
    front = await machine.nginx([one, two]);
  }, 120_000);
  afterAll(() => machine?.stop(), 60_000);

  const enter = async (name: string, room: string, server: OwnProcess = front) => {
    const client = machine.client({ url: server.ws, name });
    const recorder = new Recorder(client, room);
    client.join(room);
    const welcome = once(client, 'connected');
    const joined = once(client, 'joined');
    client.open();
    await joined;
    const [{ replica }] = (await welcome) as [{ replica: string }];
    return { client, recorder, replica };
  };

  test('migrated the empty database once between them', async () => {
    const migrated = [one, two].filter(({ child }) => child.output.includes('schema migrated'));
    expect(migrated).toHaveLength(1);
    expect(await machine.sql('SELECT name FROM chatroom_migrations')).toHaveLength(1);
  });

  test('are one chat room: what is said in one is heard in the other, in order', async () => {
    const ann = await enter('ann', 'one-room');
    const bob = await enter('bob', 'one-room');
    // nginx takes turns; if it did not, this test would prove nothing.
    expect(new Set([ann.replica, bob.replica])).toEqual(new Set(['one', 'two']));
    for (let turn = 0; turn < 10; turn += 1) {
      await (turn % 2 ? ann : bob).client.send('one-room', `turn ${turn}`);
    }
    const said = Array.from({ length: 10 }, (_, turn) => `turn ${turn}`);
    await eventually(() => ann.recorder.messages.size === 10 && bob.recorder.messages.size === 10);
    expect(ann.recorder.texts()).toEqual(said);
    expect(bob.recorder.texts()).toEqual(said);
  });

  test('show each other who is there, and who left', async () => {
    const ann = await enter('ann', 'presence', one);
    const bob = await enter('bob', 'presence', two);
    await eventually(() => ann.recorder.members.size === 2 && bob.recorder.members.size === 2);
    expect(bob.recorder.memberCount).toBe(2);
    bob.client.close();
    await eventually(() => ann.recorder.memberCount === 1);
    expect([...ann.recorder.members]).toEqual(['ann']);
  });

  test('count somebody who is on both once, and only let them go with their last connection', async () => {
    const observer = await enter('observer', 'both', one);
    const first = await enter('ann', 'both', one);
    const second = await enter('ann', 'both', two);
    await eventually(() => observer.recorder.memberCount === 2);
    first.client.close();
    await sleep(1_000);
    expect(observer.recorder.memberCount).toBe(2);
    second.client.close();
    await eventually(() => observer.recorder.memberCount === 1);
  });

  test('give history to whoever enters, and only what was missed to whoever returns', async () => {
    const ann = await enter('ann', 'history');
    for (let count = 0; count < 60; count += 1) await ann.client.send('history', `message ${count}`);
    const bob = await enter('bob', 'history');
    expect(bob.recorder.texts()).toEqual(Array.from({ length: 50 }, (_, index) => `message ${index + 10}`));
    const answer = await fetch(
      `${front.http}/api/rooms/history/messages?limit=5&before=${[...bob.recorder.messages.keys()][0]}`,
    );
    const page = (await answer.json()) as { messages: { text: string }[]; more: boolean };
    expect(page.messages.map(({ text }) => text)).toEqual([5, 6, 7, 8, 9].map((count) => `message ${count}`));
    expect(page.more).toBe(true);
  });

  test('store a message that is sent twice under one id once, on whichever replica', async () => {
    const ann = await enter('ann', 'twice', one);
    const twin = await enter('ann', 'twice', two);
    const acks = await Promise.all([
      ann.client.send('twice', 'only once', 'the-id'),
      twin.client.send('twice', 'only once', 'the-id'),
    ]);
    expect(acks[0].seq).toBe(acks[1].seq);
    const again = await ann.client.send('twice', 'another text under the same id', 'the-id');
    expect(again.seq).toBe(acks[0].seq);
    expect(await machine.sql("SELECT text FROM messages WHERE room = 'twice'")).toEqual([
      { text: 'only once' },
    ]);
  });

  test('let nobody speak as the bot', async () => {
    const client = machine.client({ url: front.ws, name: 'Alertmаnager' }); // a Cyrillic а
    const refused = once(client, 'refused');
    client.join('ops');
    client.open();
    expect(((await refused) as [{ code: string; message: string }])[0]).toMatchObject({
      code: 'bad_frame',
      message: expect.stringContaining('reserved') as string,
    });
    client.close();
    const person = await enter('ann', 'ops');
    await person.client.send('ops', 'I am a person');
    await eventually(() => person.recorder.messages.size > 0);
    expect([...person.recorder.messages.values()].at(-1)).toMatchObject({ kind: 'user', author: 'ann' });
  });

  test('count connections, people and messages as the contract says', async () => {
    const before = await metric(one, 'chatroom_messages_total');
    const people = await metric(one, 'chatroom_users_online');
    const ann = await enter('counted', 'metrics', one);
    const twin = await enter('counted', 'metrics', one);
    await ann.client.send('metrics', 'hello');
    expect(await metric(one, 'chatroom_messages_total')).toBe(before + 1);
    expect(await metric(one, 'chatroom_users_online')).toBe(people + 1);
    ann.client.close();
    twin.client.close();
    await eventually(async () => (await metric(one, 'chatroom_users_online')) === people);
  });

  test('serve the rooms that exist, and say what is wrong with a request', async () => {
    const rooms = (await (await fetch(`${front.http}/api/rooms`)).json()) as { rooms: { name: string }[] };
    expect(rooms.rooms.map(({ name }) => name)).toEqual(expect.arrayContaining(['lobby', 'ops', 'one-room']));
    const bad = await fetch(`${front.http}/api/rooms/one-room/messages?limit=0`);
    expect(bad.status).toBe(400);
    expect(await bad.json()).toMatchObject({ message: expect.stringContaining('limit') as string });
    expect((await fetch(`${front.http}/faults`, { method: 'POST', body: '{}' })).status).toBe(404);
  });

  test('refuse a protocol that is not theirs', async () => {
    const headers = {
      Connection: 'Upgrade',
      Upgrade: 'websocket',
      'Sec-WebSocket-Version': '13',
      'Sec-WebSocket-Key': 'dGhlIHNhbXBsZSBub25jZQ==',
      'Sec-WebSocket-Protocol': 'chatroom.v99',
    };
    const status = await upgradeStatus(one.port, headers);
    expect(status).toBe(400);
  });
});

async function upgradeStatus(port: number, headers: Record<string, string>): Promise<number | undefined> {
  const { request } = await import('node:http');
  return new Promise((resolve, reject) => {
    const asked = request({ port, path: '/ws', headers }, (response) => resolve(response.statusCode));
    asked.on('upgrade', () => resolve(101));
    asked.on('error', reject);
    asked.end();
  });
}
