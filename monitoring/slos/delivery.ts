import { messageDeliverySeconds } from '../metrics/chatroom-delivery';
import { buckets, countOf, promql } from '../model/promql';
import { slo } from '../model/slo';

const total = (range: string) => promql`sum by (job) (rate(${countOf(messageDeliverySeconds)}[${range}]))`;

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
});
