import { httpRequestDurationSeconds } from '../metrics/chatroom';
import { ofUsers } from '../metrics/requests-of-users';
import { buckets, countOf, promql } from '../model/promql';
import { slo } from '../model/slo';
import { everyGatewayDown, noServerReady } from '../outages';

const total = (range: string) =>
  promql`sum by (job) (rate(${countOf(httpRequestDurationSeconds, ofUsers)}[${range}]))`;

/** The bound 2 s reads `2` before Prometheus 3 and `2.0` since. */
const within2s = { ...ofUsers, le: /2(\.0)?/ };

export const latency = slo({
  name: 'chatroom-latency',
  title: 'ChatRoomLatency',
  service: 'chatroom',
  promise: { zh: '99% 的请求在 2 秒内完成', en: '99 % of requests are answered within 2 s' },
  job: 'chatroom-server',
  objective: 0.99,
  floor: 20,
  total,
  bad: (range) =>
    promql`(${total(range)} - sum by (job) (rate(${buckets(httpRequestDurationSeconds, within2s)}[${range}])))`,
  outages: [noServerReady, everyGatewayDown],
});
