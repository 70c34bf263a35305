import { Construct } from 'constructs';
import { chatroomUser, storesEnvironment } from './chat-room';
import { authorityMounts, type DataStore } from './data-store';
import { images } from './images';
import type { NetworkFlows } from './network-flows';
import type { Resources } from './resources';
import { secrets } from './secret-key';
import { Workload } from './workload';

export interface AlertWebhookProps {
  readonly namespace: string;
  /** @default 1 */
  readonly replicas?: number;
  readonly resources: Resources;
  readonly postgresql: DataStore;
  readonly redis: DataStore;
  readonly flows: NetworkFlows;
  /** Language of its messages. */
  readonly language: 'zh-CN' | 'en';
  /** @default - the release this project was published with */
  readonly image?: string;
}

/** Takes Alertmanager's notifications and says them in the chat room. */
export class AlertWebhook extends Construct {
  readonly server: Workload;

  constructor(scope: Construct, id: string, props: AlertWebhookProps) {
    super(scope, id);
    this.server = new Workload(this, 'server', {
      name: 'chatroom-webhook',
      namespace: props.namespace,
      component: 'webhook',
      scale: props.replicas ?? 1,
      user: chatroomUser,
      containers: [
        {
          name: 'webhook',
          image: props.image ?? images.chatroom,
          args: ['build/chatroom/webhook.js'],
          ports: { http: 8080 },
          environment: {
            ...storesEnvironment(props),
            CHATROOM_WEBHOOK_PORT: '8080',
            CHATROOM_WEBHOOK_TOKEN: secrets.webhookToken,
            CHATROOM_WEBHOOK_LANGUAGE: props.language,
          },
          startup: { http: { path: '/healthz', port: 'http' }, everySeconds: 2, failures: 30 },
          readiness: { http: { path: '/readyz', port: 'http' }, everySeconds: 5 },
          liveness: { http: { path: '/healthz', port: 'http' } },
          preStop: ['sleep', '5'],
          resources: props.resources,
          mounts: [{ path: '/tmp', scratch: 'tmp' }, ...authorityMounts(props.postgresql, props.redis)],
        },
      ],
    });
    const { flows, postgresql, redis } = props;
    flows.allow({ from: this.server, to: postgresql.peer, ports: [postgresql.port], purpose: 'messages' });
    flows.allow({ from: this.server, to: redis.peer, ports: [redis.port], purpose: 'fan-out' });
  }
}
