import { Construct } from 'constructs';
import { accessLogFormat, accessLogTo, gateway, handlesPerWorker } from '../monitoring/gateway';
import type { Exporter as ExporterModel } from '../monitoring/model/exporter';
import { ConfigFiles } from './config-files';
import { exporterContainer, metricsPort } from './exporter';
import { images } from './images';
import type { NetworkFlows } from './network-flows';
import type { Resources } from './resources';
import { Workload, type Scale } from './workload';

export interface GatewayProps {
  readonly namespace: string;
  readonly scale: Scale;
  readonly resources: Resources;
  /** What it stands in front of. */
  readonly upstream: Workload;
  /** What reads its status page. */
  readonly exporter: ExporterModel;
  /** What receives its access log. */
  readonly logExporter: ExporterModel;
  readonly flows: NetworkFlows;
  /**
   * How long people stay connected to an nginx that is told to go. Whoever is left then is cut off with all others who
   * are: the longer it is, the fewer come back at once. @default 300
   */
  readonly drainSeconds?: number;
}

const statusPort = 8081;
const syslogPort = 5514;

/** Name of the port at which what its access log says is read. */
export const logMetricsPort = 'log-metrics';

/**
 * nginx in front of the chat server. Its exporters sit in the same pod, so that each nginx is counted by itself, and
 * its access log, which crosses no network, can neither be lost there nor be made up by somebody else.
 */
export class Gateway extends Construct {
  readonly workload: Workload;

  constructor(scope: Construct, id: string, props: GatewayProps) {
    super(scope, id);
    const { namespace, upstream, exporter, logExporter, flows, drainSeconds = 300 } = props;
    const port = upstream.ports['http'];
    if (port === undefined)
      throw new Error(`${upstream.name} has no port named http for the gateway to pass to`);
    const config = new ConfigFiles(this, 'config', {
      identity: { name: 'nginx', component: 'gateway', image: images.nginx },
      namespace,
      files: {
        'nginx.conf': nginxConfiguration(`${upstream.name}.${upstream.namespace}.svc:${port}`, drainSeconds),
      },
    });
    // Long enough for every proxy to have heard that the pod takes no more connections.
    const pause = 5;
    this.workload = new Workload(this, 'nginx', {
      name: 'nginx',
      namespace,
      component: 'gateway',
      scale: props.scale,
      user: 101,
      // It ends by itself, closing what is left, before it is ended.
      graceSeconds: pause + drainSeconds + 15,
      services: [
        { name: 'nginx', ports: ['http'], as: { http: 80 } },
        { name: exporter.job, ports: [metricsPort] },
        { name: logExporter.job, ports: [logMetricsPort] },
      ],
      containers: [
        {
          name: 'nginx',
          image: images.nginx,
          ports: { http: 8080 },
          readiness: { http: { path: '/nginx-health', port: 'http' }, everySeconds: 5 },
          liveness: { http: { path: '/nginx-health', port: 'http' } },
          // The image's stop signal lets nginx finish what it serves.
          preStop: ['sleep', String(pause)],
          resources: props.resources,
          mounts: [
            { path: '/etc/nginx/conf', config },
            { path: '/tmp', scratch: 'tmp' },
          ],
          command: ['nginx', '-c', '/etc/nginx/conf/nginx.conf', '-g', 'daemon off;'],
        },
      ],
      // While nginx drains, its figures are still wanted.
      sidecars: [
        exporterContainer(exporter, { address: `127.0.0.1:${statusPort}` }),
        exporterContainer(logExporter, { address: String(syslogPort) }, logMetricsPort),
      ],
    });
    flows.allow({ from: { outside: 'world' }, to: this.workload, ports: [8080], purpose: 'people' });
    flows.allow({ from: this.workload, to: upstream, ports: [port], purpose: 'requests and WebSockets' });
  }
}

/** @internal exported for the test that lets nginx read it */
export function nginxConfiguration(upstream: string, drainSeconds: number): string {
  return `worker_processes ${gateway.workers};
worker_rlimit_nofile ${handlesPerWorker};
worker_shutdown_timeout ${drainSeconds}s;
pid /tmp/nginx.pid;
error_log stderr warn;

events {
  worker_connections ${gateway.connectionsPerWorker};
}

http {
  access_log off;
  ${accessLogFormat}
  server_tokens off;
  client_body_temp_path /tmp/client_body;
  proxy_temp_path /tmp/proxy;
  fastcgi_temp_path /tmp/fastcgi;
  uwsgi_temp_path /tmp/uwsgi;
  scgi_temp_path /tmp/scgi;

  # A WebSocket asks to be one; any other request keeps its connection to the server open.
  map $http_upgrade $connection_upgrade {
    default upgrade;
    '' '';
  }

  # Where an ingress has ended TLS already, it says so.
  map $http_x_forwarded_proto $forwarded_proto {
    default $scheme;
    http http;
    https https;
  }

  upstream chatroom {
    server ${upstream};
    keepalive 64;
  }

  server {
    listen 8080;
    # Probes, and what nobody may ask, are left out below: they are no requests of users.
    ${accessLogTo(`127.0.0.1:${syslogPort}`)}

    location = /nginx-health {
      access_log off;
      return 200 'ok';
    }

    # For the machinery of the cluster, not for the world.
    location ~ ^/(metrics|readyz|healthz)$ {
      access_log off;
      return 404;
    }

    location / {
      proxy_pass http://chatroom;
      proxy_http_version 1.1;
      proxy_set_header Host $host;
      proxy_set_header X-Forwarded-For $proxy_add_x_forwarded_for;
      proxy_set_header X-Forwarded-Proto $forwarded_proto;
      proxy_set_header Upgrade $http_upgrade;
      proxy_set_header Connection $connection_upgrade;
      # People read for minutes before they write; the server pings them every 30 s.
      proxy_read_timeout 120s;
      proxy_send_timeout 120s;
    }
  }

  server {
    listen 127.0.0.1:${statusPort};
    location = /stub_status {
      stub_status;
    }
  }
}
`;
}
