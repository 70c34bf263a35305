import {
  redisDbKeys,
  redisDbKeysExpiring,
  redisEvictedKeysTotal,
  redisExpiredKeysTotal,
} from '../../metrics/redis';
import { promql, series } from '../../model/promql';
import { colours } from '../colours';
import { curves } from '../house-style';
import type { Setting } from '../plan';
import { chosen } from '../selection';
import { units } from '../units';

export function keys(setting: Setting) {
  return curves(setting, {
    title: { zh: '键', en: 'Keys' },
    description: {
      zh: '所有数据库合计。没有过期时间的键持续增长就是泄漏。',
      en: 'All databases together. Keys without expiry that keep growing are a leak.',
    },
    unit: units.count,
    queries: [
      { legend: { zh: '全部', en: 'All' }, expr: promql`sum(${series(redisDbKeys, chosen)})` },
      {
        legend: { zh: '会过期', en: 'That will expire' },
        expr: promql`sum(${series(redisDbKeysExpiring, chosen)})`,
      },
    ],
  })
    .span(8)
    .height(8);
}

export function keysGone(setting: Setting) {
  return curves(setting, {
    title: { zh: '键的消失', en: 'Keys gone' },
    description: {
      zh: '过期是正常的；被驱逐说明内存不够。',
      en: 'Expired is normal; evicted means that memory is short.',
    },
    unit: units.perMinute,
    queries: [
      {
        legend: { zh: '过期', en: 'Expired' },
        expr: promql`60 * sum(rate(${series(redisExpiredKeysTotal, chosen)}[$__rate_interval]))`,
      },
      {
        legend: { zh: '驱逐', en: 'Evicted' },
        expr: promql`60 * sum(rate(${series(redisEvictedKeysTotal, chosen)}[$__rate_interval]))`,
        colour: colours.bad,
      },
    ],
  })
    .span(8)
    .height(8);
}
