import {
  nodeDiskIoTimeSecondsTotal,
  nodeDiskReadBytesTotal,
  nodeDiskWrittenBytesTotal,
  nodeFilesystemFiles,
  nodeFilesystemFilesFree,
  nodeFilesystemReadonly,
} from '../../metrics/node';
import { onDisk } from '../../metrics/on-disk';
import { promql, series } from '../../model/promql';
import { diskUsed } from '../disk-used';
import { curves } from '../house-style';
import type { Setting } from '../plan';
import { chosen } from '../selection';
import { units } from '../units';

export function diskSpace(setting: Setting) {
  return curves(setting, {
    title: { zh: '磁盘空间', en: 'Disk space in use' },
    description: {
      zh: '按 df 的方式计算：为 root 保留的空间不算可用。',
      en: 'As df counts: what is kept in reserve for root is not there for anybody else.',
    },
    unit: units.ratio,
    queries: [{ legend: '{{mountpoint}} {{instance}}', expr: diskUsed(chosen) }],
  })
    .max(1)
    .span(12)
    .height(8);
}

export function inodes(setting: Setting) {
  const disks = { ...onDisk, ...chosen };
  return curves(setting, {
    title: { zh: 'inode 使用率', en: 'Inodes in use' },
    description: {
      zh: 'inode 用尽后，即使还有空间也无法创建文件。没有固定 inode 数的文件系统不显示。',
      en: 'Without inodes no file can be created, however much space is left. File systems without a fixed number are left out.',
    },
    unit: units.ratio,
    queries: [
      {
        legend: '{{mountpoint}} {{instance}}',
        expr: promql`
          max by (instance, mountpoint) (
            1 - ${series(nodeFilesystemFilesFree, disks)} / (${series(nodeFilesystemFiles, disks)} > 0))`,
      },
    ],
  })
    .max(1)
    .span(12)
    .height(8);
}

export function diskTraffic(setting: Setting) {
  return curves(setting, {
    title: { zh: '磁盘读写', en: 'Disk traffic' },
    description: {
      zh: '每台主机全部磁盘合计。',
      en: 'All disks of a host together.',
    },
    unit: units.bytesPerSecond,
    queries: [
      {
        legend: { zh: '读 {{instance}}', en: 'Read {{instance}}' },
        expr: promql`sum by (instance) (rate(${series(nodeDiskReadBytesTotal, chosen)}[$__rate_interval]))`,
      },
      {
        legend: { zh: '写 {{instance}}', en: 'Written {{instance}}' },
        expr: promql`sum by (instance) (rate(${series(nodeDiskWrittenBytesTotal, chosen)}[$__rate_interval]))`,
      },
    ],
  })
    .span(8)
    .height(8);
}

export function diskBusy(setting: Setting) {
  return curves(setting, {
    title: { zh: '磁盘繁忙', en: 'Disks busy' },
    description: {
      zh: '设备有请求在处理的时间比例。单块机械盘接近 1 即饱和；SSD 与阵列可同时处理多个请求。',
      en: 'Share of the time a device had something to do. A single spinning disk near 1 is saturated; SSDs and arrays do several things at once.',
    },
    unit: units.ratio,
    queries: [
      {
        legend: '{{device}} {{instance}}',
        expr: promql`rate(${series(nodeDiskIoTimeSecondsTotal, chosen)}[$__rate_interval])`,
      },
    ],
  })
    .span(8)
    .height(8);
}

export function readOnly(setting: Setting) {
  return curves(setting, {
    title: { zh: '只读文件系统', en: 'File systems that take no writes' },
    description: {
      zh: '内核遇到磁盘错误时会把文件系统改为只读。有意只读挂载的也计入。',
      en: 'The kernel makes a file system read-only when its disk fails. Those mounted so on purpose count, too.',
    },
    unit: units.count,
    queries: [
      {
        legend: '{{instance}}',
        expr: promql`sum by (instance) (${series(nodeFilesystemReadonly, { ...onDisk, ...chosen })})`,
      },
    ],
  })
    .span(8)
    .height(8);
}
