import {
  nodeCpuSecondsTotal,
  nodeFilesystemAvailableBytes,
  nodeFilesystemFreeBytes,
  nodeFilesystemReadonly,
  nodeFilesystemSizeBytes,
  nodeMemoryAvailableBytes,
  nodeMemoryTotalBytes,
} from '../../../monitoring/metrics/node';
import { series } from '../../../monitoring/model/promql';
import type { AlertCases } from './case';
import { counting, flat, given, growing, type Given } from './given';

const host = (name = 'web-1') => ({ job: 'node-exporter', instance: `${name}:9100` });

/** A CPU that is idle for so many seconds of each second. */
function idle(pace: number | string, cpu = '0', name?: string): Given {
  return given(
    series(nodeCpuSecondsTotal, { ...host(name), cpu, mode: 'idle' }),
    typeof pace === 'string' ? pace : growing(pace),
  );
}

const gibibyte = 2 ** 30;

function memory(availableShare: string): readonly Given[] {
  return [
    given(series(nodeMemoryTotalBytes, host()), flat(100 * gibibyte)),
    given(series(nodeMemoryAvailableBytes, host()), availableShare),
  ];
}

interface Disk {
  readonly mountpoint?: string;
  readonly fstype?: string;
  readonly free: number;
  readonly available: number;
  readonly readonly?: 0 | 1;
}

/** A disk of 100 GiB; what is free but not available is kept for root. */
function disk({
  mountpoint = '/data',
  fstype = 'ext4',
  free,
  available,
  readonly = 0,
}: Disk): readonly Given[] {
  const labels = { ...host(), mountpoint, fstype, device: '/dev/vda1' };
  return [
    given(series(nodeFilesystemSizeBytes, labels), flat(100 * gibibyte)),
    given(series(nodeFilesystemFreeBytes, labels), flat(free * gibibyte)),
    given(series(nodeFilesystemAvailableBytes, labels), flat(available * gibibyte)),
    given(series(nodeFilesystemReadonly, labels), flat(readonly)),
  ];
}

export const highCpuUsage: AlertCases = {
  alert: 'HighCPUUsage',
  says: {
    labels: host(),
    summary: { zh: '主机 web-1:9100 CPU 使用率过高：95%', en: 'CPU of web-1:9100 is 95 % busy' },
    description: {
      zh: '最近 5 分钟内，web-1:9100 的 CPU 平均使用率为 95.0%，请求可能排队变慢。',
      en: 'Over the last 5 minutes the CPUs of web-1:9100 were 95.0 % busy on average. Requests may queue.',
    },
  },
  fires: [
    {
      when: 'all CPUs of one host are busy, once for them and not for the other host',
      given: [idle(0.04, '0'), idle(0.06, '1'), idle(0.9, '0', 'web-2')],
      counts: { '5m': 0, '6m': 1 },
    },
    {
      // irate took each dip for the end of the trouble and started the five minutes anew: silent.
      when: 'the average is 89 % with a dip to half of that every other minute',
      given: [
        idle(
          counting(
            [
              { perSecond: 0.05, lasting: '105s' },
              { perSecond: 0.55, lasting: '15s' },
            ],
            20,
          ),
        ),
      ],
      counts: { '7m': 1, '15m': 1, '30m': 1 },
    },
  ],
  silent: [
    {
      when: 'one CPU of four is busy',
      given: ['0', '1', '2', '3'].map((cpu) => idle(cpu === '0' ? 0 : 1, cpu)),
    },
    { when: 'the host is 79 % busy', given: [idle(0.21)] },
    {
      when: 'the host is fully busy for four minutes',
      given: [
        idle(
          counting([
            { perSecond: 1, lasting: '10m' },
            { perSecond: 0, lasting: '4m' },
            { perSecond: 1, lasting: '30m' },
          ]),
        ),
      ],
    },
    {
      when: 'the host is rebooted, so that its counter falls back to zero',
      given: [
        idle(
          counting([
            { perSecond: 0.9, lasting: '10m' },
            { perSecond: 0.9, lasting: '30m', restarted: true },
          ]),
        ),
      ],
    },
  ],
};

export const highMemoryUsage: AlertCases = {
  alert: 'HighMemoryUsage',
  says: {
    labels: host(),
    summary: { zh: '主机 web-1:9100 内存使用率过高：86%', en: 'Memory of web-1:9100 is 86 % used' },
    description: {
      zh: 'web-1:9100 的内存已使用 86.0%，内核随时可能开始终止进程。',
      en: '86.0 % of the memory of web-1:9100 is in use; the kernel may start killing processes.',
    },
  },
  fires: [
    { when: '86 % stays in use', given: memory(flat(14 * gibibyte)), counts: { '4m': 0, '5m': 1 } },
    {
      when: 'memory runs full, and ends when it is given back',
      given: memory(`${flat(50 * gibibyte, '5m')} ${flat(gibibyte, '10m')} ${flat(50 * gibibyte)}`),
      counts: { '9m': 0, '11m': 1, '16m': 0 },
    },
  ],
  silent: [
    { when: '85 % is in use, which is the threshold itself', given: memory(flat(15 * gibibyte)) },
    {
      when: 'memory is full for four minutes',
      given: memory(`${flat(50 * gibibyte, '5m')} ${flat(0, '4m')} ${flat(50 * gibibyte)}`),
    },
  ],
};

export const diskSpaceUsage: AlertCases = {
  alert: 'DiskSpaceUsage',
  says: {
    labels: { ...host(), mountpoint: '/data', fstype: 'ext4', device: '/dev/vda1' },
    summary: { zh: '主机 web-1:9100 磁盘 /data 已用 100%', en: 'Disk /data of web-1:9100 is 100 % full' },
    description: {
      zh: 'web-1:9100 上挂载于 /data 的 /dev/vda1 已使用 100.0%。写满之后数据库会停止写入，消息将无法保存。',
      en: '/dev/vda1, mounted on /data of web-1:9100, is 100.0 % full. When nothing is left, databases stop writing and messages can no longer be kept.',
    },
  },
  fires: [
    {
      // As published this read 84 %: silent, with not a byte left for the database.
      when: 'nothing is left but what is kept for root',
      given: disk({ free: 16, available: 0 }),
      counts: { '4m': 0, '5m': 1 },
    },
    {
      when: 'two disks are full, once for each',
      given: [
        ...disk({ free: 9, available: 9 }),
        ...disk({ mountpoint: '/', fstype: 'xfs', free: 1, available: 1 }),
        ...disk({ mountpoint: '/srv', free: 50, available: 45 }),
      ],
      counts: { '6m': 2 },
    },
  ],
  silent: [
    { when: 'a tenth of the disk is left', given: disk({ free: 10, available: 10 }) },
    // As published this paged.
    {
      when: 'memory dressed as a disk is full',
      given: [
        ...disk({ mountpoint: '/run', fstype: 'tmpfs', free: 0, available: 0 }),
        ...disk({ mountpoint: '/', fstype: 'ramfs', free: 0, available: 0 }),
      ],
    },
    {
      when: 'an image that is mounted read-only is full',
      given: [
        ...disk({ mountpoint: '/mnt', free: 0, available: 0, readonly: 1 }),
        ...disk({ mountpoint: '/snap/core', fstype: 'squashfs', free: 0, available: 0, readonly: 1 }),
      ],
    },
  ],
};
