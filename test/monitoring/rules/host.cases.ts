import { up } from '../../../monitoring/metrics/target';
import {
  nodeCpuSecondsTotal,
  nodeFilesystemAvailableBytes,
  nodeFilesystemFiles,
  nodeFilesystemFilesFree,
  nodeFilesystemReadonly,
  nodeFilesystemSizeBytes,
  nodeLoad15,
  nodeNetworkReceiveErrsTotal,
  nodeNetworkReceivePacketsTotal,
  nodeNetworkTransmitErrsTotal,
  nodeNetworkTransmitPacketsTotal,
  nodeTimeSeconds,
  nodeTimexSyncStatus,
  nodeVmstatOomKill,
} from '../../../monitoring/metrics/node';
import { series } from '../../../monitoring/model/promql';
import type { AlertCases } from './case';
import { counting, flat, given, growing } from './given';

const host = { job: 'node-exporter', instance: 'host-1:9100' };
const disk = (fstype = 'ext4') => ({ ...host, device: '/dev/sda1', fstype, mountpoint: '/data' });

/** A disk of 100 GB, and what is left on it. */
const space = (left: readonly string[], fstype?: string) => [
  given(series(nodeFilesystemAvailableBytes, disk(fstype)), ...left),
  given(series(nodeFilesystemSizeBytes, disk(fstype)), flat(1e11, '6h')),
  given(series(nodeFilesystemReadonly, disk(fstype)), flat(0, '6h')),
];
const inodes = (all: number, free: number, readonly = 0) => [
  given(series(nodeFilesystemFiles, disk()), flat(all)),
  given(series(nodeFilesystemFilesFree, disk()), flat(free)),
  given(series(nodeFilesystemReadonly, disk()), flat(readonly)),
];
const readonly = (...values: readonly string[]) => given(series(nodeFilesystemReadonly, disk()), ...values);
const clock = (values: string) => given(series(nodeTimeSeconds, host), values);
const synchronised = (...values: readonly string[]) => given(series(nodeTimexSyncStatus, host), ...values);
const killed = (pace: string) => given(series(nodeVmstatOomKill, host), pace);
const network = (errors: number, packets: number, device = 'eth0') => [
  given(series(nodeNetworkReceiveErrsTotal, { ...host, device }), growing(errors)),
  given(series(nodeNetworkTransmitErrsTotal, { ...host, device }), growing(0)),
  given(series(nodeNetworkReceivePacketsTotal, { ...host, device }), growing(packets / 2)),
  given(series(nodeNetworkTransmitPacketsTotal, { ...host, device }), growing(packets / 2)),
];
const load = (processes: number) => [
  given(series(nodeLoad15, host), flat(processes)),
  ...['0', '1', '2', '3'].map((cpu) =>
    given(series(nodeCpuSecondsTotal, { ...host, cpu, mode: 'idle' }), growing(0.5)),
  ),
];

const placed = (jobName: string, node: string, ...values: readonly string[]) =>
  given(series(up, { job: jobName, instance: `${node}:1`, node }), ...values);

export const hostDown: AlertCases = {
  alert: 'HostDown',
  says: {
    labels: { node: 'chat-1' },
    summary: {
      zh: '主机 chat-1 上的 2 个目标全部无响应',
      en: 'None of the 2 targets on host chat-1 answers',
    },
    description: {
      zh: 'chat-1 上所有被监控的进程已超过 1 分钟无响应：主机宕机、断网或被挂起。其上各服务自己的告警不再另行通知。',
      en: 'Nothing that is watched on chat-1 has answered for more than a minute: the machine is off, cut off or suspended. The alerts of its services are not told besides.',
    },
  },
  fires: [
    {
      when: 'one of two machines is gone with all that runs there, until three minutes after it is back',
      given: [
        placed('node-exporter', 'chat-1', flat(1, '5m'), flat(0, '10m'), flat(1)),
        placed('chatroom-server', 'chat-1', flat(1, '5m'), flat(0, '10m'), flat(1)),
        placed('node-exporter', 'chat-2', flat(1)),
        placed('chatroom-server', 'chat-2', flat(0)),
      ],
      counts: { '5m': 0, '7m': 1, '17m': 1, '19m': 0 },
    },
  ],
  silent: [
    {
      when: 'only its exporter has died',
      given: [placed('node-exporter', 'chat-1', flat(0)), placed('chatroom-server', 'chat-1', flat(1))],
    },
    {
      when: 'all replicas of the only job on it are down, which says nothing about the machine',
      given: [
        given(series(up, { job: 'chatroom-server', instance: 'chat-1:1', node: 'chat-1' }), flat(0)),
        given(series(up, { job: 'chatroom-server', instance: 'chat-1:2', node: 'chat-1' }), flat(0)),
      ],
    },
    {
      when: 'nobody says which machine a target is on',
      given: [
        given(series(up, { job: 'chatroom-server', instance: 'chat-1:1' }), flat(0)),
        given(series(up, { job: 'node-exporter', instance: 'chat-1:2' }), flat(0)),
      ],
    },
  ],
};

export const diskWillFill: AlertCases = {
  alert: 'DiskWillFill',
  says: {
    labels: {
      device: '/dev/sda1',
      fstype: 'ext4',
      instance: 'host-1:9100',
      job: 'node-exporter',
      mountpoint: '/data',
    },
    summary: {
      zh: '主机 host-1:9100 磁盘 /data 将在 17 小时后写满',
      en: 'Disk /data of host-1:9100 will be full in 17 hours',
    },
    description: {
      zh: '按最近 6 小时的速度，host-1:9100 上的 /data（/dev/sda1）将在 16.8 小时后写满，届时数据库会停止写入。',
      en: 'At the pace of the last 6 hours /data (/dev/sda1) of host-1:9100 is full in 16.8 hours, and databases on it stop writing.',
    },
  },
  fires: [
    {
      when: 'two gigabytes an hour are written to the last forty',
      given: space(['40000000000-8000000x1400']),
      counts: { '3h': 0, '4h': 1 },
    },
  ],
  silent: [
    { when: 'it would take a week', given: space(['40000000000-800000x1400']), until: '5h' },
    { when: 'more than half the disk is free', given: space(['90000000000-20000000x1400']), until: '5h' },
    {
      when: 'a new machine fills up in its first half hour and no more',
      given: space(['40000000000-80000000x120', flat(3.04e10, '6h')]),
      until: '5h',
    },
    { when: 'it is memory', given: space(['40000000000-8000000x1400'], 'tmpfs'), until: '5h' },
  ],
};

export const diskInodesUsage: AlertCases = {
  alert: 'DiskInodesUsage',
  says: {
    labels: {
      device: '/dev/sda1',
      fstype: 'ext4',
      instance: 'host-1:9100',
      job: 'node-exporter',
      mountpoint: '/data',
    },
    summary: {
      zh: '主机 host-1:9100 磁盘 /data 的 inode 已用 95%',
      en: 'Disk /data of host-1:9100 has 95 % of its inodes in use',
    },
    description: {
      zh: 'host-1:9100 上的 /data（/dev/sda1）已使用 95.0% 的 inode。用尽之后即使还有空间，也无法新建文件，数据库会停止写入。',
      en: '95.0 % of the inodes of /data (/dev/sda1) of host-1:9100 are in use. When none is left no file can be made, however much space there is, and databases stop writing.',
    },
  },
  fires: [{ when: 'one inode in twenty is left', given: inodes(1e6, 5e4), counts: { '4m': 0, '6m': 1 } }],
  silent: [
    { when: 'one in five is left', given: inodes(1e6, 2e5) },
    { when: 'the file system has no fixed number of them', given: inodes(0, 0) },
    { when: 'it is read-only', given: inodes(1e6, 0, 1) },
  ],
};

export const filesystemReadOnly: AlertCases = {
  alert: 'FilesystemReadOnly',
  says: {
    labels: {
      device: '/dev/sda1',
      fstype: 'ext4',
      instance: 'host-1:9100',
      job: 'node-exporter',
      mountpoint: '/data',
    },
    summary: {
      zh: '主机 host-1:9100 的文件系统 /data 变为只读',
      en: 'File system /data of host-1:9100 turned read-only',
    },
    description: {
      zh: 'host-1:9100 上的 /data（/dev/sda1）原本可写，现在只读。内核通常在发现磁盘错误时这样做；其上的数据库已无法写入。',
      en: '/data (/dev/sda1) of host-1:9100 could be written to and no longer can. That is what the kernel does when the disk reports errors; databases on it cannot write.',
    },
  },
  fires: [
    {
      when: 'the kernel takes the right to write away',
      given: [readonly(flat(0, '10m'), flat(1))],
      counts: { '10m': 0, '12m': 1 },
    },
    {
      when: 'nobody gives it back for a day and a half, and ends when somebody does',
      given: [readonly(flat(0, '10m'), flat(1, '36h'), flat(0))],
      counts: { '12m': 1, '24h': 1, '25h': 1, '36h': 1, '37h': 0 },
    },
  ],
  silent: [
    { when: 'it was never meant to be written to', given: [readonly(flat(1))] },
    { when: 'it is only mounted anew', given: [readonly(flat(0, '10m'), flat(1, '30s'), flat(0))] },
  ],
};

export const hostClockSkew: AlertCases = {
  alert: 'HostClockSkew',
  says: {
    labels: { instance: 'host-1:9100', job: 'node-exporter' },
    summary: { zh: '主机 host-1:9100 的时钟偏差 5s', en: 'The clock of host-1:9100 is 5s off' },
    description: {
      zh: 'host-1:9100 的时钟与监控服务器相差 5s。消息的时间与顺序、转发延迟的度量和证书校验都会出错。',
      en: 'The clock of host-1:9100 differs from that of the monitoring by 5s. Times and order of messages, measured delays and certificate checks go wrong.',
    },
  },
  fires: [
    { when: 'the clock is five seconds ahead', given: [clock('5+15x240')], counts: { '4m': 0, '6m': 1 } },
    { when: 'it is five seconds behind', given: [clock('-5+15x240')], counts: { '6m': 1 } },
  ],
  silent: [{ when: 'it is half a second off', given: [clock('0.5+15x240')] }],
};

export const hostClockNotSynchronised: AlertCases = {
  alert: 'HostClockNotSynchronised',
  says: {
    labels: { instance: 'host-1:9100', job: 'node-exporter' },
    summary: { zh: '主机 host-1:9100 的时钟失去同步', en: 'The clock of host-1:9100 lost its reference' },
    description: {
      zh: 'host-1:9100 在过去一天内还与时间源同步，现在已超过 10 分钟没有。时钟会逐渐漂移，直到触发偏差告警。',
      en: 'host-1:9100 followed a time source within the last day and has not for more than 10 minutes. Its clock drifts until the alert about skew fires.',
    },
  },
  fires: [
    {
      when: 'the reference of the clock is lost',
      given: [synchronised(flat(1, '10m'), flat(0))],
      counts: { '20m': 0, '26m': 1 },
    },
  ],
  silent: [
    {
      when: 'a hypervisor keeps the time and the kernel never says so',
      given: [synchronised(flat(0))],
      until: '1h',
    },
    {
      when: 'the reference is away for five minutes',
      given: [synchronised(flat(1, '10m'), flat(0, '5m'), flat(1))],
    },
  ],
};

export const hostOomKill: AlertCases = {
  alert: 'HostOomKill',
  says: {
    labels: { instance: 'host-1:9100', job: 'node-exporter' },
    summary: {
      zh: '主机 host-1:9100 因内存不足终止了 2 个进程',
      en: 'The kernel of host-1:9100 killed 2 processes for want of memory',
    },
    description: {
      zh: '最近 10 分钟内，host-1:9100 的内核因内存不足终止了 2 个进程。被终止的可能是聊天服务器或数据库；它们会重启，但用户会掉线。',
      en: 'Within 10 minutes the kernel of host-1:9100 killed 2 processes because memory ran out. It may have been a chat server or a database; they start again, and users drop out.',
    },
  },
  fires: [
    {
      when: 'two processes are killed, for ten minutes',
      given: [
        killed(
          counting([
            { perSecond: 0, lasting: '5m' },
            { perSecond: 2 / 15, lasting: '15s' },
            { perSecond: 0, lasting: '50m' },
          ]),
        ),
      ],
      counts: { '5m': 0, '12m': 1, '17m': 0 },
    },
  ],
  silent: [{ when: 'the last was killed long ago', given: [killed(flat(3))] }],
};

export const hostNetworkErrors: AlertCases = {
  alert: 'HostNetworkErrors',
  says: {
    labels: { device: 'eth0', instance: 'host-1:9100', job: 'node-exporter' },
    summary: {
      zh: '主机 host-1:9100 网卡 eth0 有 3% 的包出错',
      en: '3% of the packets on eth0 of host-1:9100 are damaged',
    },
    description: {
      zh: '最近 5 分钟内，host-1:9100 的网卡 eth0 收发的包有 3% 出错，持续 10 分钟。重传使连接变慢，严重时会断开。',
      en: 'Over 5 minutes 3% of the packets on eth0 of host-1:9100 were damaged or not sent, and that for 10 minutes. Repeats slow every connection down, and some break.',
    },
  },
  fires: [
    { when: 'three packets in a hundred are damaged', given: network(6, 200), counts: { '9m': 0, '12m': 1 } },
  ],
  silent: [
    { when: 'one in a thousand is', given: network(0.2, 200) },
    { when: 'half of five packets are', given: network(2.5, 5) },
    { when: 'the interface exists in software only', given: network(6, 200, 'veth1234') },
  ],
};

export const hostHighLoad: AlertCases = {
  alert: 'HostHighLoad',
  says: {
    labels: { instance: 'host-1:9100', job: 'node-exporter' },
    summary: {
      zh: '主机 host-1:9100 负载过高：每个 CPU 平均 2.5 个进程',
      en: '2.5 processes for each CPU of host-1:9100',
    },
    description: {
      zh: '15 分钟内，host-1:9100 平均每个 CPU 有 2.5 个进程在运行或等待（包括等待磁盘）。请求和心跳会排队。',
      en: 'Over 15 minutes 2.5 processes for each CPU of host-1:9100 ran or waited, for the disk also. Requests and heartbeats queue.',
    },
  },
  fires: [{ when: 'ten processes share four CPUs', given: load(10), counts: { '9m': 0, '11m': 1 } }],
  silent: [{ when: 'seven do', given: load(7) }],
};
