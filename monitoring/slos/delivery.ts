import {
  messageDeliverySeconds,
  messagesRefusedTotal,
  refusalsOfService,
} from '../metrics/chatroom-delivery';
import { buckets, countOf, promql, series } from '../model/promql';
import { slo } from '../model/slo';
import { everyGatewayDown, noServerReady } from '../outages';

/** Whoever writes too fast, or where they are not, is refused for a reason of their own. */
const refused = series(messagesRefusedTotal, { reason: new RegExp(refusalsOfService.join('|')) });

/** What was delivered, and what should have been: a message that the service refuses reaches nobody. */
const total = (range: string) => promql`
  sum by (job) (rate(${countOf(messageDeliverySeconds)}[${range}]) or rate(${refused}[${range}]))`;

/** A delivery is one broadcast by one replica, whether ten people listen there or a thousand. */
export const delivery = slo({
  name: 'chatroom-delivery',
  title: 'ChatRoomDelivery',
  service: 'chatroom',
  promise: { zh: '99% 的消息在 500 毫秒内送达', en: '99 % of messages are delivered within 500 ms' },
  job: 'chatroom-server',
  objective: 0.99,
  floor: 20,
  total,
  bad: (range) =>
    promql`(${total(range)} - sum by (job) (rate(${buckets(messageDeliverySeconds, { le: '0.5' })}[${range}])))`,
  outages: [noServerReady, everyGatewayDown],
});
