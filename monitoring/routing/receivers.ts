import type { Receiver } from '../model/receiver';
import type { Environment } from '../environment';
import { email } from './receivers/email';
import { slack } from './receivers/slack';
import { webhook } from './receivers/webhook';

export const receiverNames = [
  'default-receiver',
  'critical-alerts',
  'chatroom-team',
  'database-team',
  'dead-mans-switch',
] as const;
export type ReceiverName = (typeof receiverNames)[number];

/** Who is told, and how, in an environment. */
export function receivers({ notifications: to }: Environment): readonly Receiver<ReceiverName>[] {
  return [
    { name: 'default-receiver', channels: [email({ to: to.mail.to.operations })] },
    {
      name: 'critical-alerts',
      channels: [email({ to: to.mail.to.critical }), slack(to.slack)],
    },
    {
      name: 'chatroom-team',
      channels: [email({ to: to.mail.to.chatroomTeam }), webhook(to.chatroomWebhook)],
    },
    { name: 'database-team', channels: [email({ to: to.mail.to.databaseTeam })] },
    // It waits for a heartbeat; that the heart has stopped it finds out by itself.
    { name: 'dead-mans-switch', channels: [webhook({ ...to.deadMansSwitch, resolved: false })] },
  ];
}
