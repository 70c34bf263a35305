import { alert } from '../model/rule';
import { promql, series } from '../model/promql';
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
} from '../metrics/node';
import { onDisk } from '../metrics/on-disk';
import { up } from '../metrics/target';
import { alreadyFiring } from './already-firing';
import { outlivesConsequences } from './outlives-consequences';

const available = series(nodeFilesystemAvailableBytes, onDisk);

/** Interfaces that exist in software only count what the real ones count already. */
const wired = { device: { not: /lo|veth.+|docker.+|br-.+|cali.+|cni.+|ifb.+/ } };
const errors = promql`
  (rate(${series(nodeNetworkReceiveErrsTotal, wired)}[5m]) + rate(${series(nodeNetworkTransmitErrsTotal, wired)}[5m]))`;
const packets = promql`
  (rate(${series(nodeNetworkReceivePacketsTotal, wired)}[5m]) + rate(${series(nodeNetworkTransmitPacketsTotal, wired)}[5m]))`;
/** Packets a second below which a share of damaged ones says nothing. */
const packetFloor = 10;

/** What says on which machine it is. */
const placed = series(up, { node: { not: '' } });

export const hostAlerts = [
  alert({
    name: 'HostDown',
    severity: 'critical',
    service: 'system',
    for: '1m',
    keepFiringFor: outlivesConsequences,
    // A process that died takes nothing else along; only where two jobs or more share a machine, and none of their
    // targets answers, is it the machine. Of machines that nothing shares, their one job says all there is to say.
    expr: () => promql`
      count by (node) (${placed} == 0) == count by (node) (${placed})
      and count by (node) (group by (node, job) (${placed})) > 1`,
    summary: {
      zh: '主机 {{ $labels.node }} 上的 {{ $value }} 个目标全部无响应',
      en: 'None of the {{ $value }} targets on host {{ $labels.node }} answers',
    },
    description: {
      zh: '{{ $labels.node }} 上所有被监控的进程已超过 1 分钟无响应：主机宕机、断网或被挂起。其上各服务自己的告警不再另行通知。',
      en: 'Nothing that is watched on {{ $labels.node }} has answered for more than a minute: the machine is off, cut off or suspended. The alerts of its services are not told besides.',
    },
  }),
  alert({
    name: 'DiskWillFill',
    severity: 'warning',
    service: 'system',
    for: '30m',
    threshold: 24,
    // Hours left at the pace of the last six. Three hours of history are asked for, since the first minutes of a
    // machine (images, first data) say nothing about a day, and half the disk is always taken as enough.
    expr: (hours) => promql`
      ${available} / -(deriv(${available}[6h]) < 0) / 3600 < ${hours}
      and ${available} / (${series(nodeFilesystemSizeBytes, onDisk)} > 0) < 0.5
      and ${available} offset 3h > 0
      and ${series(nodeFilesystemReadonly, onDisk)} == 0`,
    summary: {
      zh: '主机 {{ $labels.instance }} 磁盘 {{ $labels.mountpoint }} 将在 {{ $value | printf "%.0f" }} 小时后写满',
      en: 'Disk {{ $labels.mountpoint }} of {{ $labels.instance }} will be full in {{ $value | printf "%.0f" }} hours',
    },
    description: {
      zh: '按最近 6 小时的速度，{{ $labels.instance }} 上的 {{ $labels.mountpoint }}（{{ $labels.device }}）将在 {{ $value | printf "%.1f" }} 小时后写满，届时数据库会停止写入。',
      en: 'At the pace of the last 6 hours {{ $labels.mountpoint }} ({{ $labels.device }}) of {{ $labels.instance }} is full in {{ $value | printf "%.1f" }} hours, and databases on it stop writing.',
    },
  }),
  alert({
    name: 'DiskInodesUsage',
    severity: 'critical',
    service: 'system',
    for: '5m',
    threshold: 90,
    expr: (percent) => promql`
      100 * (1 - ${series(nodeFilesystemFilesFree, onDisk)} / (${series(nodeFilesystemFiles, onDisk)} > 0)) > ${percent}
      and ${series(nodeFilesystemReadonly, onDisk)} == 0`,
    summary: {
      zh: '主机 {{ $labels.instance }} 磁盘 {{ $labels.mountpoint }} 的 inode 已用 {{ $value | printf "%.0f" }}%',
      en: 'Disk {{ $labels.mountpoint }} of {{ $labels.instance }} has {{ $value | printf "%.0f" }} % of its inodes in use',
    },
    description: {
      zh: '{{ $labels.instance }} 上的 {{ $labels.mountpoint }}（{{ $labels.device }}）已使用 {{ $value | printf "%.1f" }}% 的 inode。用尽之后即使还有空间，也无法新建文件，数据库会停止写入。',
      en: '{{ $value | printf "%.1f" }} % of the inodes of {{ $labels.mountpoint }} ({{ $labels.device }}) of {{ $labels.instance }} are in use. When none is left no file can be made, however much space there is, and databases stop writing.',
    },
  }),
  alert({
    name: 'FilesystemReadOnly',
    severity: 'critical',
    service: 'system',
    for: '1m',
    // What was writable within the last day, or has been told of already: an image mounted read-only always is, and
    // nobody's trouble.
    expr: () => promql`
      ${series(nodeFilesystemReadonly, onDisk)} == 1
      and on (job, instance, device, mountpoint) (
        min_over_time(${series(nodeFilesystemReadonly, onDisk)}[1d]) == 0 or ${alreadyFiring('FilesystemReadOnly')})`,
    summary: {
      zh: '主机 {{ $labels.instance }} 的文件系统 {{ $labels.mountpoint }} 变为只读',
      en: 'File system {{ $labels.mountpoint }} of {{ $labels.instance }} turned read-only',
    },
    description: {
      zh: '{{ $labels.instance }} 上的 {{ $labels.mountpoint }}（{{ $labels.device }}）原本可写，现在只读。内核通常在发现磁盘错误时这样做；其上的数据库已无法写入。',
      en: '{{ $labels.mountpoint }} ({{ $labels.device }}) of {{ $labels.instance }} could be written to and no longer can. That is what the kernel does when the disk reports errors; databases on it cannot write.',
    },
  }),
  alert({
    name: 'HostClockSkew',
    severity: 'warning',
    service: 'system',
    for: '5m',
    threshold: 2,
    expr: (seconds) => promql`
      abs(${series(nodeTimeSeconds)} - timestamp(${series(nodeTimeSeconds)})) > ${seconds}`,
    summary: {
      zh: '主机 {{ $labels.instance }} 的时钟偏差 {{ $value | humanizeDuration }}',
      en: 'The clock of {{ $labels.instance }} is {{ $value | humanizeDuration }} off',
    },
    description: {
      zh: '{{ $labels.instance }} 的时钟与监控服务器相差 {{ $value | humanizeDuration }}。消息的时间与顺序、转发延迟的度量和证书校验都会出错。',
      en: 'The clock of {{ $labels.instance }} differs from that of the monitoring by {{ $value | humanizeDuration }}. Times and order of messages, measured delays and certificate checks go wrong.',
    },
  }),
  alert({
    name: 'HostClockNotSynchronised',
    severity: 'warning',
    service: 'system',
    for: '10m',
    // Many virtual machines never say that they follow a reference, because their hypervisor keeps their time.
    expr: () => promql`
      max_over_time(${series(nodeTimexSyncStatus)}[5m]) == 0
      and max_over_time(${series(nodeTimexSyncStatus)}[1d]) == 1`,
    summary: {
      zh: '主机 {{ $labels.instance }} 的时钟失去同步',
      en: 'The clock of {{ $labels.instance }} lost its reference',
    },
    description: {
      zh: '{{ $labels.instance }} 在过去一天内还与时间源同步，现在已超过 10 分钟没有。时钟会逐渐漂移，直到触发偏差告警。',
      en: '{{ $labels.instance }} followed a time source within the last day and has not for more than 10 minutes. Its clock drifts until the alert about skew fires.',
    },
  }),
  alert({
    name: 'HostOomKill',
    severity: 'warning',
    service: 'system',
    for: '1m',
    threshold: 0,
    expr: (processes) => promql`increase(${series(nodeVmstatOomKill)}[10m]) > ${processes}`,
    summary: {
      zh: '主机 {{ $labels.instance }} 因内存不足终止了 {{ $value | printf "%.0f" }} 个进程',
      en: 'The kernel of {{ $labels.instance }} killed {{ $value | printf "%.0f" }} processes for want of memory',
    },
    description: {
      zh: '最近 10 分钟内，{{ $labels.instance }} 的内核因内存不足终止了 {{ $value | printf "%.0f" }} 个进程。被终止的可能是聊天服务器或数据库；它们会重启，但用户会掉线。',
      en: 'Within 10 minutes the kernel of {{ $labels.instance }} killed {{ $value | printf "%.0f" }} processes because memory ran out. It may have been a chat server or a database; they start again, and users drop out.',
    },
  }),
  alert({
    name: 'HostNetworkErrors',
    severity: 'warning',
    service: 'system',
    for: '10m',
    threshold: 0.01,
    expr: (share) => promql`${errors} / (${packets} >= ${packetFloor}) > ${share}`,
    summary: {
      zh: '主机 {{ $labels.instance }} 网卡 {{ $labels.device }} 有 {{ $value | humanizePercentage }} 的包出错',
      en: '{{ $value | humanizePercentage }} of the packets on {{ $labels.device }} of {{ $labels.instance }} are damaged',
    },
    description: {
      zh: '最近 5 分钟内，{{ $labels.instance }} 的网卡 {{ $labels.device }} 收发的包有 {{ $value | humanizePercentage }} 出错，持续 10 分钟。重传使连接变慢，严重时会断开。',
      en: 'Over 5 minutes {{ $value | humanizePercentage }} of the packets on {{ $labels.device }} of {{ $labels.instance }} were damaged or not sent, and that for 10 minutes. Repeats slow every connection down, and some break.',
    },
  }),
  alert({
    name: 'HostHighLoad',
    severity: 'warning',
    service: 'system',
    for: '10m',
    threshold: 2,
    expr: (times) => promql`
      sum by (job, instance) (${series(nodeLoad15)})
        / count by (job, instance) (${series(nodeCpuSecondsTotal, { mode: 'idle' })}) > ${times}`,
    summary: {
      zh: '主机 {{ $labels.instance }} 负载过高：每个 CPU 平均 {{ $value | printf "%.1f" }} 个进程',
      en: '{{ $value | printf "%.1f" }} processes for each CPU of {{ $labels.instance }}',
    },
    description: {
      zh: '15 分钟内，{{ $labels.instance }} 平均每个 CPU 有 {{ $value | printf "%.1f" }} 个进程在运行或等待（包括等待磁盘）。请求和心跳会排队。',
      en: 'Over 15 minutes {{ $value | printf "%.1f" }} processes for each CPU of {{ $labels.instance }} ran or waited, for the disk also. Requests and heartbeats queue.',
    },
  }),
] as const;
