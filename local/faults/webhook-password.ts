import { fault } from './fault';
import { repeat } from './repeat';

export const webhookPassword = fault({
  name: 'webhook-password',
  does: 'posts to the alert webhook with a wrong password',
  alerts: ['ChatRoomWebhookFailing'],
  inject: async (stack) =>
    repeat(stack, 1_000, async () => {
      const { status } = await fetch(stack.site.url('webhook', '/alerts'), {
        method: 'POST',
        headers: { authorization: 'Bearer of bad news', 'content-type': 'application/json' },
        body: '{}',
      });
      if (status !== 401) throw new Error(`the webhook answered ${status} to a wrong password`);
    }),
});
