import {
  pgDatabaseSizeBytes,
  pgStatBgwriterCheckpointsReq,
  pgStatBgwriterCheckpointsTimed,
  pgStatCheckpointerNumRequestedTotal,
  pgStatCheckpointerNumTimedTotal,
  pgStatDatabaseBlksHit,
  pgStatDatabaseBlksRead,
  pgStatDatabaseTempBytes,
} from '../../metrics/postgres';
import type { Metric } from '../../model/metric';
import { promql, series } from '../../model/promql';
import { colours } from '../colours';
import { ofUse } from './databases';
import { curves, layers } from '../house-style';
import type { Setting } from '../plan';
import { chosen } from '../selection';
import { units } from '../units';

const perSecond = (counter: Metric) => promql`sum(rate(${series(counter, chosen)}[$__rate_interval]))`;

/** PostgreSQL 17 counts checkpoints in another view than those before it, of which the exporter makes another name. */
const checkpointsPerMinute = (before: Metric, since17: Metric) => promql`
  60 * sum(rate(${series(before, chosen)}[$__rate_interval]) or rate(${series(since17, chosen)}[$__rate_interval]))`;

export function cacheHits(setting: Setting) {
  return curves(setting, {
    title: { zh: '缓存命中率', en: 'Cache hit ratio' },
    description: {
      zh: '在缓存中找到的数据块比例。持续低于 0.99 时，考虑增大 shared_buffers。',
      en: 'Share of blocks found in the buffer cache. When it stays below 99 %, consider more shared_buffers.',
    },
    unit: units.ratio,
    queries: [
      {
        legend: { zh: '命中率', en: 'Hits' },
        expr: promql`
          ${perSecond(pgStatDatabaseBlksHit)}
          / (${perSecond(pgStatDatabaseBlksHit)} + ${perSecond(pgStatDatabaseBlksRead)} > 0)`,
      },
    ],
  })
    .max(1)
    .span(6)
    .height(8);
}

export function databaseSize(setting: Setting) {
  return layers(setting, {
    title: { zh: '数据库大小', en: 'Database size' },
    description: {
      zh: '每个数据库占用的磁盘。',
      en: 'Disk that each database takes.',
    },
    unit: units.bytes,
    queries: [
      {
        legend: '{{datname}}',
        expr: promql`sum by (datname) (${series(pgDatabaseSizeBytes, { ...chosen, ...ofUse })})`,
      },
    ],
  })
    .span(6)
    .height(8);
}

export function temporaryFiles(setting: Setting) {
  return curves(setting, {
    title: { zh: '临时文件', en: 'Temporary files' },
    description: {
      zh: 'work_mem 不足时，查询写到磁盘的数据量。',
      en: 'What queries write to disk for want of work_mem.',
    },
    unit: units.bytesPerSecond,
    queries: [
      {
        legend: { zh: '写入', en: 'Written' },
        expr: perSecond(pgStatDatabaseTempBytes),
        colour: colours.worrying,
      },
    ],
  })
    .span(6)
    .height(8);
}

export function checkpoints(setting: Setting) {
  return curves(setting, {
    title: { zh: '检查点', en: 'Checkpoints' },
    description: {
      zh: '按时的检查点正常；被迫的检查点说明 max_wal_size 太小。',
      en: 'Those that were due are fine; forced ones mean that max_wal_size is too small.',
    },
    unit: units.perMinute,
    queries: [
      {
        legend: { zh: '按时', en: 'Due' },
        expr: checkpointsPerMinute(pgStatBgwriterCheckpointsTimed, pgStatCheckpointerNumTimedTotal),
      },
      {
        legend: { zh: '被迫', en: 'Forced' },
        expr: checkpointsPerMinute(pgStatBgwriterCheckpointsReq, pgStatCheckpointerNumRequestedTotal),
        colour: colours.worrying,
      },
    ],
  })
    .span(6)
    .height(8);
}
