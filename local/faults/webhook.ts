import { crash } from './crash';
import { fault } from './fault';

export const webhook = fault({
  name: 'webhook',
  does: 'kills the alert webhook, so that #ops hears of nothing',
  alerts: ['ChatRoomWebhookDown'],
  inject: crash('webhook'),
});
