import { httpRequestsTotal } from '../../metrics/chatroom';
import { ofUsers } from '../../metrics/requests-of-users';
import { errorRatio, exceptionRate, trafficRate } from '../../rules/recordings';
import { promql, series } from '../../model/promql';
import { colours } from '../colours';
import { curves } from '../house-style';
import type { Setting } from '../plan';
import { units } from '../units';
import { orZero } from '../zero';

export function errors(setting: Setting) {
  const traffic = series(trafficRate);
  const refused = promql`
    sum by (job) (rate(${series(httpRequestsTotal, { ...ofUsers, status: /4../ })}[5m])) / (${traffic} > 0)`;
  return curves(setting, {
    title: { zh: '错误', en: 'Errors' },
    description: {
      zh: '4xx 与 5xx 占全部用户请求的比例，以及未预料到的异常。没有错误时为零；服务消失时为空。',
      en: 'Share of the requests of users answered with 4xx and 5xx, and exceptions that nobody expected. Zero when nothing fails; empty when the service is gone.',
    },
    unit: units.ratio,
    queries: [
      {
        legend: { zh: '4xx 比例', en: '4xx of requests' },
        expr: orZero(refused, traffic),
        colour: colours.worrying,
      },
      {
        legend: { zh: '5xx 比例', en: '5xx of requests' },
        expr: orZero(series(errorRatio), traffic),
        colour: colours.bad,
      },
      {
        legend: { zh: '异常', en: 'Exceptions' },
        expr: promql`60 * ${series(exceptionRate)}`,
        unit: units.perMinute,
        colour: colours.notable,
      },
    ],
  })
    .span(24)
    .height(9);
}
