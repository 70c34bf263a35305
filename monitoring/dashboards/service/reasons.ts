import { exceptionsTotal, websocketDisconnectionsTotal } from '../../metrics/chatroom';
import { promql, series } from '../../model/promql';
import { layers } from '../house-style';
import type { Setting } from '../plan';
import { chosen } from '../selection';
import { units } from '../units';

export function closedByReason(setting: Setting) {
  return layers(setting, {
    title: { zh: '断开原因', en: 'Connections closed, by reason' },
    description: {
      zh: 'client 是用户自己离开，drain 是我们让其换副本，其余都值得查。',
      en: 'client is a user leaving and drain is us moving them to another replica; the others deserve a look.',
    },
    unit: units.perMinute,
    queries: [
      {
        legend: '{{reason}}',
        expr: promql`
          60 * sum by (reason) (rate(${series(websocketDisconnectionsTotal, chosen)}[$__rate_interval]))`,
      },
    ],
  })
    .span(12)
    .height(8);
}

export function exceptionsByOrigin(setting: Setting) {
  return layers(setting, {
    title: { zh: '异常来源', en: 'Exceptions, by origin' },
    description: {
      zh: '没有代码预料到的异常，按捕获位置。健康时全部为零。',
      en: 'Exceptions that no handler expected, by where they were caught. All zero in good health.',
    },
    unit: units.perMinute,
    queries: [
      {
        legend: '{{origin}}',
        expr: promql`60 * sum by (origin) (rate(${series(exceptionsTotal, chosen)}[$__rate_interval]))`,
      },
    ],
  })
    .span(12)
    .height(8);
}
