import { httpRequestsTotal } from '../metrics/chatroom';
import { ofUsers } from '../metrics/requests-of-users';
import { promql, series } from '../model/promql';
import { slo } from '../model/slo';

export const availability = slo({
  name: 'chatroom-availability',
  title: 'ChatRoomAvailability',
  service: 'chatroom',
  promise: { zh: '99.9% 的请求成功', en: '99.9 % of requests succeed' },
  job: 'chatroom-server',
  objective: 0.999,
  floor: 20,
  total: (range) => promql`sum by (job) (rate(${series(httpRequestsTotal, ofUsers)}[${range}]))`,
  bad: (range) =>
    promql`sum by (job) (rate(${series(httpRequestsTotal, { ...ofUsers, status: /5../ })}[${range}]))`,
});
