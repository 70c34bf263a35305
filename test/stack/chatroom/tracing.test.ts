import { createServer, type Server } from 'node:http';
import { once } from 'node:events';
import type { AddressInfo } from 'node:net';
import { eventually } from './eventually';
import { Machine } from './machine';

interface Span {
  readonly name: string;
  readonly traceId: string;
  readonly parentSpanId?: string;
}

describe('traces', () => {
  let machine: Machine;
  let collector: Server;
  const spans: Span[] = [];

  beforeAll(async () => {
    collector = createServer((request, response) => {
      const chunks: Buffer[] = [];
      request.on('data', (chunk: Buffer) => chunks.push(chunk));
      request.on('end', () => {
        const body = JSON.parse(Buffer.concat(chunks).toString()) as {
          resourceSpans: { scopeSpans: { spans: Span[] }[] }[];
        };
        body.resourceSpans.forEach((resource) =>
          resource.scopeSpans.forEach((scope) => spans.push(...scope.spans)),
        );
        response.setHeader('content-type', 'application/json').end('{}');
      });
    }).listen(0, '127.0.0.1');
    await once(collector, 'listening');
    machine = await Machine.start();
  }, 120_000);
  afterAll(async () => {
    collector?.close();
    await machine?.stop();
  }, 120_000);

  test('go to the collector that the standard variable names, continue the caller, and are flushed on leaving', async () => {
    const { port } = collector.address() as AddressInfo;
    const server = await machine.server('traced', {
      OTEL_EXPORTER_OTLP_ENDPOINT: `http://127.0.0.1:${port}`,
    });
    const traceId = '0af7651916cd43dd8448eb211c80319c';
    await fetch(`${server.http}/api/rooms`, {
      headers: { traceparent: `00-${traceId}-b7ad6b7169203331-01` },
    });
    const client = machine.client({ url: server.ws, name: 'ann' });
    client.join('traces');
    client.open();
    await client.send('traces', 'hello');
    client.close();
    await server.child.stop();
    await eventually(() => spans.length >= 2);
    expect(spans.find(({ name }) => name === 'GET /api/rooms')).toMatchObject({
      traceId,
      parentSpanId: 'b7ad6b7169203331',
    });
    expect(spans.map(({ name }) => name)).toContain('chatroom.store');
    expect(spans.map(({ name }) => name)).not.toContain('GET /readyz');
  }, 120_000);
});
