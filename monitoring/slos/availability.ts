import { httpRequestsTotal } from '../metrics/chatroom';
import { nginxFrontendResponsesTotal } from '../metrics/nginx-log';
import { ofUsers } from '../metrics/requests-of-users';
import { promql, series } from '../model/promql';
import { slo, type View } from '../model/slo';
import { everyGatewayDown, noServerReady } from '../outages';

/** What users are answered, also when no server was reached. Whoever left before, which is 499, was given no answer. */
const atTheFront: View = {
  total: (range) =>
    promql`sum by (job) (rate(${series(nginxFrontendResponsesTotal, { class: { not: '499' } })}[${range}]))`,
  bad: (range) =>
    promql`sum by (job) (rate(${series(nginxFrontendResponsesTotal, { class: '5xx' })}[${range}]))`,
};

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
  alsoSeen: [atTheFront],
  outages: [noServerReady, everyGatewayDown],
});
