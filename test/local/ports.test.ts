import { createServer, type Server } from 'node:net';
import { freePorts, portNames, portsFrom, PortTakenError, requireFree } from '../../local/ports';

const listening = async (port: number): Promise<Server> =>
  new Promise((resolve, reject) => {
    const server = createServer().once('error', reject);
    server.listen(port, '127.0.0.1', () => resolve(server));
  });

test('every port is its own, and one that was chosen replaces the one from the base', () => {
  const ports = portsFrom(18_000, { prometheus: 9_090 });
  expect(ports.chatroom).toBe(18_000);
  expect(ports.prometheus).toBe(9_090);
  expect(new Set(Object.values(ports)).size).toBe(portNames.length);
});

test('free ports can be listened on and are below those of outgoing connections', async () => {
  const ports = await freePorts();
  expect(Math.max(...Object.values(ports))).toBeLessThan(32_768);
  await expect(requireFree(ports)).resolves.toBeUndefined();
});

test('a taken port is refused in one line that says what it is for and how to choose another', async () => {
  const ports = await freePorts();
  const server = await listening(ports.redis);
  try {
    const refusal = await requireFree(ports).catch((error: unknown) => error);
    expect(refusal).toBeInstanceOf(PortTakenError);
    expect((refusal as Error).message).toMatch(`port ${ports.redis} (Redis) is taken`);
    expect((refusal as Error).message).toMatch('--port redis=NUMBER');
    expect((refusal as Error).message).not.toContain('\n');
  } finally {
    server.close();
  }
});
