import { readFileSync } from 'node:fs';
import { connect, type Socket } from 'node:net';
import { setTimeout as sleep } from 'node:timers/promises';
import type { Site } from '../site';
import { fault } from './fault';
import { loadNginx } from './nginx-front';
import { repeat } from './repeat';

/** Enough for a few pages at a time. */
const slots = 64;
const visitors = 90;
/**
 * Far enough for nginx to hear each before the next comes, and all of it for a moment only: while no connection is free
 * the exporter is thrown out as well, and NginxDown is what would fire.
 */
const apartMilliseconds = 4;

export const nginxSlots = fault({
  name: 'nginx-slots',
  does: `leaves nginx ${slots} connections, and lets ${visitors} visitors come every few seconds`,
  alerts: ['NginxConnectionsDropped'],
  inject: async (stack) => {
    const { site } = stack;
    const good = readFileSync(site.path('nginx', 'nginx.conf'), 'utf8');
    const narrow = good.replace(/worker_connections \d+;/, `worker_connections ${slots};`);
    if (narrow === good) throw new Error('nginx.conf says nothing of worker_connections; it has changed');
    await loadNginx(stack, narrow, 200);
    const stop = await repeat(stack, 3_000, () => visit(site));
    return async () => {
      await stop();
      await loadNginx(stack, good, 200);
    };
  },
});

/** At the status page, where nobody writes down that they leave without having said what they wanted. */
async function visit(site: Site): Promise<void> {
  const sockets: Socket[] = [];
  for (let count = 0; count < visitors; count += 1) {
    const socket = connect(site.ports['nginx-status'], '127.0.0.1');
    socket.on('error', () => undefined); // to be thrown out is what it is about
    // Of those who have said nothing yet nginx closes the oldest; who was heard to begin keeps their place.
    socket.write('GET / HTTP/1.1\r\n');
    sockets.push(socket);
    await sleep(apartMilliseconds);
  }
  sockets.forEach((socket) => socket.destroy());
}
