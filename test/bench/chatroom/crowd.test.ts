import { once } from 'node:events';
import type { AddressInfo } from 'node:net';
import { WebSocketServer } from 'ws';
import { bare } from '../../../bench/chatroom/contenders';
import { Crowd } from '../../../bench/chatroom/generator/crowd';
import { pace } from '../../../bench/chatroom/generator/pace';
import { saturate } from '../../../bench/chatroom/generator/saturate';

const connections = 12;

/** A broadcast server that may leave somebody out. */
async function serve(deliver: (message: number, client: number) => boolean): Promise<WebSocketServer> {
  const server = new WebSocketServer({ port: 0, host: '127.0.0.1' });
  let message = 0;
  server.on('connection', (socket) => {
    socket.on('message', (data) => {
      message += 1;
      [...server.clients].forEach((client, index) => {
        if (deliver(message, index)) client.send(data, { binary: false });
      });
    });
  });
  await once(server, 'listening');
  return server;
}

let server: WebSocketServer | undefined;
let crowd: Crowd | undefined;

afterEach(async () => {
  crowd?.disperse();
  server?.clients.forEach((client) => client.terminate());
  await new Promise((resolve) => (server ? server.close(resolve) : resolve(undefined)));
});

async function gather(deliver: (message: number, client: number) => boolean): Promise<Crowd> {
  server = await serve(deliver);
  const { port } = server.address() as AddressInfo;
  return (crowd = await Crowd.gather({ contender: bare, port, connections, room: 'test', quietMs: 50 }));
}

test('every delivery of every message is measured', async () => {
  const latencies = await pace({ crowd: await gather(() => true), messagesPerSecond: 50, seconds: 0.2 });
  expect(latencies.count).toBe(10 * connections);
  expect(latencies.quantile(0.5)).toBeGreaterThan(0);
});

test('throughput counts deliveries, and frames where messages share them', async () => {
  const { deliveriesPerSecond, messagesPerFrame, serverBusy } = await saturate({
    crowd: await gather(() => true),
    serverPid: process.pid,
    inFlight: 4,
    seconds: 0.2,
  });
  expect(deliveriesPerSecond).toBeGreaterThan(0);
  expect(messagesPerFrame).toBe(1);
  expect(serverBusy).toBeGreaterThan(0);
});

test('a server that leaves one connection out fails the run, however fast it is', async () => {
  const lossy = (message: number, client: number): boolean => !(message === 3 && client === 5);
  const measured = saturate({
    crowd: await gather(lossy),
    serverPid: process.pid,
    inFlight: 4,
    seconds: 0.2,
    patienceMs: 200,
  });
  await expect(measured).rejects.toThrow('1 messages did not reach everybody once; number 2 reached 11');
});

test('a message that is late for somebody fails the measurement of latency', async () => {
  const measured = pace({
    crowd: await gather((message) => message !== 2),
    messagesPerSecond: 50,
    seconds: 0.1,
    patienceMs: 200,
  });
  await expect(measured).rejects.toThrow(`${connections} of ${5 * connections} deliveries are missing`);
});

test('a message that reaches somebody twice fails the run', async () => {
  const all = await gather(() => true);
  const [first] = server?.clients ?? [];
  first?.once('message', (data) => first.send(data as Buffer, { binary: false }));
  const measured = saturate({
    crowd: all,
    serverPid: process.pid,
    inFlight: 4,
    seconds: 0.2,
    patienceMs: 200,
  });
  await expect(measured).rejects.toThrow('did not reach everybody once');
});

test('a connection that the server ends while it is measured fails the run', async () => {
  const all = await gather(() => true);
  const measured = saturate({ crowd: all, serverPid: process.pid, inFlight: 4, seconds: 5 });
  server?.clients.values().next().value?.close(1011, 'out of order');
  await expect(measured).rejects.toThrow('a connection to the bare ws broke');
});
