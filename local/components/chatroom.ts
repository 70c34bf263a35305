import type { PortName } from '../ports';
import type { Site } from '../site';
import { answers } from '../supervisor/probes';
import { component, type Component } from './component';
import { ourOwn } from './our-own';
import { chatroomRole, database } from './postgresql';
import { redisUrl } from './redis';

export const chat1 = chatServer('chat-1', 'chat server, replica 1');
export const chat2 = chatServer('chat-2', 'chat server, replica 2');

export const webhook = component({
  name: 'webhook',
  title: 'alert webhook',
  ports: ['webhook'],
  after: ['postgresql', 'redis'],
  command: (site) =>
    ourOwn('chatroom/webhook.ts', {
      ...shared(site),
      CHATROOM_WEBHOOK_PORT: String(site.ports.webhook),
      CHATROOM_WEBHOOK_TOKEN_FILE: site.secrets.file('webhook-token'),
    }),
  ready: (site) => answers(site.url('webhook', '/readyz')),
});

function chatServer<const Name extends PortName>(name: Name, title: string): Component<Name> {
  return component({
    name,
    title,
    ports: [name],
    after: ['postgresql', 'redis'],
    command: (site) =>
      ourOwn('chatroom/server.ts', {
        ...shared(site),
        CHATROOM_PORT: String(site.ports[name]),
        CHATROOM_REPLICA: name,
        CHATROOM_FAULTS: '1',
        // Everybody leaves at once when the local mode stops; nobody is there to reconnect.
        CHATROOM_DRAIN_SECONDS: '1',
      }),
    ready: (site) => answers(site.url(name, '/readyz')),
    look: (site) => site.url(name),
  });
}

function shared(site: Site): Readonly<Record<string, string>> {
  const password = site.secrets.read('postgres-chatroom');
  return {
    CHATROOM_HOST: '127.0.0.1',
    CHATROOM_DATABASE_URL: `postgres://${chatroomRole}:${password}@127.0.0.1:${site.ports.postgresql}/${database}`,
    CHATROOM_REDIS_URL: redisUrl(site),
  };
}
