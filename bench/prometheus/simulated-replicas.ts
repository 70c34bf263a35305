import { readFileSync } from 'node:fs';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { SimulatedMetrics } from './simulated-metrics';

/**
 * Many chat servers as far as Prometheus can tell: a port each, and metrics that move.
 *
 * Reads a file with the metrics of a real server; prints the ports as JSON when all of them listen.
 */
const [file = '', count = '1'] = process.argv.slice(2);
const metrics = new SimulatedMetrics(readFileSync(file, 'utf8'));
const began = performance.now();

const listening = Array.from({ length: Number(count) }, (_, replica) => {
  return new Promise<number>((resolve, reject) => {
    const server = createServer((_request, response) => {
      response.setHeader('content-type', 'text/plain; version=0.0.4; charset=utf-8');
      response.end(metrics.text(replica, (performance.now() - began) / 1_000));
    });
    server.once('error', reject);
    server.listen(0, '127.0.0.1', () => resolve((server.address() as AddressInfo).port));
  });
});

void Promise.all(listening).then((ports) => console.log(JSON.stringify(ports)));
process.on('SIGTERM', () => process.exit(0));
