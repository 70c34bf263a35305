import { Construct } from 'constructs';
import { ConfigFiles } from './config-files';
import { images } from './images';
import type { NetworkFlows } from './network-flows';
import { Workload } from './workload';

export interface NotificationSinkProps {
  readonly namespace: string;
  readonly flows: NetworkFlows;
}

/** Answers what Slack answers. */
const slack = `worker_processes 1;
pid /tmp/nginx.pid;
error_log stderr warn;
events {}
http {
  access_log /dev/stdout;
  client_body_temp_path /tmp/client_body;
  proxy_temp_path /tmp/proxy;
  fastcgi_temp_path /tmp/fastcgi;
  uwsgi_temp_path /tmp/uwsgi;
  scgi_temp_path /tmp/scgi;
  server {
    listen 8080;
    location / {
      return 200 'ok';
    }
  }
}
`;

/** Takes every notification and sends none on, so that development needs no accounts and disturbs nobody. */
export class NotificationSink extends Construct {
  /** Takes mails on port `smtp`, shows them on port `http`. */
  readonly mail: Workload;
  /** Takes Slack messages on port `http`, and logs that they came. */
  readonly slack: Workload;

  constructor(scope: Construct, id: string, { namespace, flows }: NotificationSinkProps) {
    super(scope, id);
    this.mail = new Workload(this, 'mail', {
      name: 'mail-catcher',
      namespace,
      component: 'notification-sink',
      user: 1000,
      containers: [
        {
          name: 'mailpit',
          image: images.mailCatcher,
          args: ['--database', '/data/mails.db', '--max', '1000'],
          ports: { smtp: 1025, http: 8025 },
          readiness: { http: { path: '/readyz', port: 'http' } },
          liveness: { http: { path: '/livez', port: 'http' } },
          resources: { cpu: '10m', memory: '64Mi' },
          mounts: [
            { path: '/data', scratch: 'data' },
            { path: '/tmp', scratch: 'tmp' },
          ],
        },
      ],
    });
    flows.allow({ from: { outside: 'world' }, to: this.mail, ports: [8025], purpose: 'people' });
    const config = new ConfigFiles(this, 'slack-config', {
      identity: { name: 'slack-catcher', component: 'notification-sink', image: images.nginx },
      namespace,
      files: { 'nginx.conf': slack },
    });
    this.slack = new Workload(this, 'slack', {
      name: 'slack-catcher',
      namespace,
      component: 'notification-sink',
      user: 101,
      containers: [
        {
          name: 'nginx',
          image: images.nginx,
          command: ['nginx', '-c', '/etc/nginx/conf/nginx.conf', '-g', 'daemon off;'],
          ports: { http: 8080 },
          readiness: { http: { path: '/', port: 'http' } },
          liveness: { http: { path: '/', port: 'http' }, failures: 6 },
          resources: { cpu: '10m', memory: '32Mi' },
          mounts: [
            { path: '/etc/nginx/conf', config },
            { path: '/tmp', scratch: 'tmp' },
          ],
        },
      ],
    });
  }
}
