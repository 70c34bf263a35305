import {
  nodeFilefdAllocated,
  nodeFilefdMaximum,
  nodeTimeSeconds,
  nodeTimexOffsetSeconds,
  nodeTimexSyncStatus,
  nodeVmstatOomKill,
} from '../../metrics/node';
import { promql, series } from '../../model/promql';
import { colours } from '../colours';
import { curves } from '../house-style';
import type { Setting } from '../plan';
import { chosen } from '../selection';
import { units } from '../units';

export function fileHandles(setting: Setting) {
  return curves(setting, {
    title: { zh: '文件句柄', en: 'File handles in use' },
    description: {
      zh: '整台主机已用的句柄占上限的比例；每个连接占用一个。',
      en: 'Share of what the whole machine may have; each connection takes one.',
    },
    unit: units.ratio,
    queries: [
      {
        legend: '{{instance}}',
        expr: promql`${series(nodeFilefdAllocated, chosen)} / (${series(nodeFilefdMaximum, chosen)} > 0)`,
      },
    ],
  })
    .max(1)
    .span(8)
    .height(8);
}

export function clock(setting: Setting) {
  return curves(setting, {
    title: { zh: '时钟偏差', en: 'Clock offset' },
    description: {
      zh: '与时间源和与 Prometheus 的偏差；后者含抓取耗时。偏差大时，消息顺序与告警时间都不可信。“已同步”为 0 时没有人校准时钟。',
      en: 'Distance from the time source and from Prometheus; the second has the time of a scrape in it. When either is large, neither the order of messages nor the time of alerts can be trusted. Where synchronised is 0, nobody sets the clock.',
    },
    unit: units.seconds,
    queries: [
      {
        legend: { zh: '与时间源 {{instance}}', en: 'From its source {{instance}}' },
        expr: promql`abs(${series(nodeTimexOffsetSeconds, chosen)})`,
      },
      {
        legend: { zh: '与 Prometheus {{instance}}', en: 'From Prometheus {{instance}}' },
        expr: promql`abs(${series(nodeTimeSeconds, chosen)} - timestamp(${series(nodeTimeSeconds, chosen)}))`,
      },
      {
        legend: { zh: '已同步 {{instance}}', en: 'Synchronised {{instance}}' },
        expr: series(nodeTimexSyncStatus, chosen),
        unit: units.state,
        colour: colours.notable,
      },
    ],
  })
    .span(8)
    .height(8);
}

export function killed(setting: Setting) {
  return curves(setting, {
    title: { zh: '内存不足而被终止的进程', en: 'Processes killed for want of memory' },
    description: {
      zh: '每一次都可能是聊天服务或数据库。',
      en: 'Any of them may have been the chat room or the database.',
    },
    unit: units.count,
    queries: [
      {
        legend: '{{instance}}',
        expr: promql`increase(${series(nodeVmstatOomKill, chosen)}[$__rate_interval])`,
      },
    ],
  })
    .span(8)
    .height(8);
}
