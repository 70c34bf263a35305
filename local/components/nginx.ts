import { accessLogFormat, accessLogTo, gateway, handlesPerWorker } from '../../monitoring/gateway';
import { answers } from '../supervisor/probes';
import type { Site } from '../site';
import { component } from './component';

export const nginx = component({
  name: 'nginx',
  title: 'nginx',
  ports: ['chatroom', 'nginx-status'],
  after: ['nginx-log-exporter'],
  prepare: (site) => {
    site.folder('nginx');
    site.write('nginx/nginx.conf', configuration(site));
  },
  command: (site) => ({
    program: site.program('nginx'),
    args: ['-e', 'stderr', '-p', site.path('nginx'), '-c', site.path('nginx/nginx.conf')],
  }),
  ready: (site) => answers(site.url('nginx-status', '/stub_status')),
  look: (site) => site.url('chatroom'),
});

function configuration(site: Site): string {
  const { ports } = site;
  // As root, workers would otherwise become "nobody", who may not reach the data folder.
  const user = process.getuid?.() === 0 ? 'user root;\n' : '';
  return `${user}daemon off;
worker_processes ${gateway.workers};
worker_rlimit_nofile ${handlesPerWorker};
pid nginx.pid;

events { worker_connections ${gateway.connectionsPerWorker}; }

http {
  access_log off;
  ${accessLogFormat}
  client_body_temp_path client-body;
  proxy_temp_path proxy;
  fastcgi_temp_path fastcgi;
  uwsgi_temp_path uwsgi;
  scgi_temp_path scgi;

  map $http_upgrade $connection_upgrade {
    default upgrade;
    '' '';
  }

  upstream chatroom {
    # Enough idle connections for a busy minute, so that requests do not use up ports.
    keepalive 64;
    server 127.0.0.1:${ports['chat-1']} max_fails=1 fail_timeout=2s;
    server 127.0.0.1:${ports['chat-2']} max_fails=1 fail_timeout=2s;
  }

  server {
    listen 127.0.0.1:${ports.chatroom};
    ${accessLogTo(`127.0.0.1:${ports['nginx-log-exporter']}`)}
    # What operators ask the replicas directly is not for users, and whoever tries is none.
    location = /metrics { access_log off; return 404; }
    location = /faults { access_log off; return 404; }
    location / {
      proxy_pass http://chatroom;
      proxy_http_version 1.1;
      proxy_set_header Host $host;
      proxy_set_header X-Forwarded-For $remote_addr;
      proxy_set_header X-Forwarded-Proto $scheme;
      proxy_set_header Upgrade $http_upgrade;
      proxy_set_header Connection $connection_upgrade;
      proxy_connect_timeout 2s;
      proxy_read_timeout 1h;
      proxy_send_timeout 1h;
    }
  }

  server {
    listen 127.0.0.1:${ports['nginx-status']};
    location = /stub_status { stub_status; }
    location / { return 404; }
  }
}
`;
}
