import { createSocket } from 'node:dgram';
import { once } from 'node:events';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { LogMetrics } from './log-metrics';

export interface ExporterProps {
  /** Address on which /metrics is given out. */
  readonly host: string;
  /** Address on which the access log is received. Whoever reaches it can make figures up. */
  readonly syslogHost: string;
  /** UDP port to which nginx sends its access log. 0 lets the system choose. */
  readonly syslogPort: number;
  /** TCP port of /metrics. 0 lets the system choose. */
  readonly metricsPort: number;
}

/** An exporter that runs. */
export interface RunningExporter {
  readonly syslogPort: number;
  readonly metricsPort: number;
  close(): Promise<void>;
}

/**
 * Receives the access log of nginx as syslog over UDP and gives it out as metrics. UDP, because nginx must never wait
 * for whoever counts its requests; a datagram that is lost is a request not counted, and nothing worse.
 */
export async function startExporter({
  host,
  syslogHost,
  syslogPort,
  metricsPort,
}: ExporterProps): Promise<RunningExporter> {
  const metrics = new LogMetrics();
  const socket = createSocket('udp4');
  socket.on('message', (datagram) => metrics.take(datagram.toString('utf8')));
  const server = createServer((request, response) => {
    const path = request.url?.split('?')[0];
    if (path === '/healthz') {
      response.end('ok\n');
    } else if (path === '/metrics') {
      metrics.registry.metrics().then(
        (text) => response.setHeader('content-type', metrics.registry.contentType).end(text),
        (error: unknown) => response.destroy(error instanceof Error ? error : undefined),
      );
    } else {
      response
        .writeHead(path === '/' ? 200 : 404)
        .end('nginx-log-exporter: there is /metrics and /healthz\n');
    }
  });
  socket.bind(syslogPort, syslogHost);
  server.listen(metricsPort, host);
  await Promise.all([once(socket, 'listening'), once(server, 'listening')]);
  return {
    syslogPort: socket.address().port,
    metricsPort: (server.address() as AddressInfo).port,
    async close() {
      socket.close();
      server.close();
      server.closeAllConnections();
      await Promise.all([once(socket, 'close'), once(server, 'close')]);
    },
  };
}
