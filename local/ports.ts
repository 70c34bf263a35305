import { createServer } from 'node:net';

/** Every port that the local mode listens on, with what it is for; the order gives the offset from the base. */
export const portUses = {
  chatroom: 'chat room (nginx)',
  'chat-1': 'chat server, first replica',
  'chat-2': 'chat server, second replica',
  webhook: 'alert webhook of the chat room',
  prometheus: 'Prometheus',
  alertmanager: 'Alertmanager',
  grafana: 'Grafana',
  mail: 'mail catcher, web page',
  smtp: 'mail catcher, SMTP',
  slack: 'Slack stand-in',
  postgresql: 'PostgreSQL',
  redis: 'Redis',
  'nginx-status': 'nginx, status page',
  'node-exporter': 'node exporter',
  'postgres-exporter': 'PostgreSQL exporter',
  'redis-exporter': 'Redis exporter',
  'nginx-exporter': 'nginx exporter',
  // Its metrics by TCP, and the access log that it receives by UDP.
  'nginx-log-exporter': 'nginx log exporter',
  'dead-mans-switch': 'dead man’s switch',
} as const;

export type PortName = keyof typeof portUses;
export const portNames = Object.keys(portUses) as readonly PortName[];
export type Ports = Readonly<Record<PortName, number>>;

/** A port that we want is not ours to have. */
export class PortTakenError extends Error {
  override readonly name = 'PortTakenError';
}

/** Consecutive ports from a base, except those that are chosen one by one. */
export function portsFrom(base: number, chosen: Readonly<Partial<Ports>> = {}): Ports {
  const entries = portNames.map((name, offset) => [name, chosen[name] ?? base + offset]);
  return Object.fromEntries(entries) as Ports;
}

/**
 * Free ports, different on every call.
 *
 * They come from below the range from which the kernel takes the local ends of connections (32768 and up): a
 * server that is down for a while, as in a test of its alert, would otherwise find its port taken by a client.
 */
export async function freePorts(): Promise<Ports> {
  for (let attempt = 0; attempt < 50; attempt += 1) {
    const ports = portsFrom(10_000 + Math.floor(Math.random() * 22_000));
    if ((await takenPorts(ports)).length === 0) return ports;
  }
  throw new PortTakenError(`found no ${portNames.length} free ports in a row between 10000 and 32768`);
}

/** The ports that somebody else listens on. */
export async function takenPorts(ports: Ports): Promise<readonly PortName[]> {
  const free = await Promise.all(portNames.map((name) => isFree(ports[name])));
  return portNames.filter((_name, index) => !free[index]);
}

/** @throws PortTakenError with one line that names the port and how to choose another. */
export async function requireFree(ports: Ports): Promise<void> {
  const [name] = await takenPorts(ports);
  if (name === undefined) return;
  throw new PortTakenError(
    `port ${ports[name]} (${portUses[name]}) is taken; stop what uses it, or choose another with --port ${name}=NUMBER or --port-base NUMBER`,
  );
}

async function isFree(port: number): Promise<boolean> {
  return new Promise((resolve) => {
    const server = createServer();
    server.once('error', () => resolve(false));
    server.listen({ port, host: '127.0.0.1', exclusive: true }, () => server.close(() => resolve(true)));
  });
}
