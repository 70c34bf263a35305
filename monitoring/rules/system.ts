import { alert } from '../model/rule';
import { promql, series } from '../model/promql';
import {
  nodeCpuSecondsTotal,
  nodeFilesystemAvailableBytes,
  nodeFilesystemFreeBytes,
  nodeFilesystemReadonly,
  nodeFilesystemSizeBytes,
  nodeMemoryAvailableBytes,
  nodeMemoryTotalBytes,
} from '../metrics/node';
import { onDisk } from '../metrics/on-disk';

export const systemAlerts = [
  alert({
    name: 'HighCPUUsage',
    severity: 'warning',
    service: 'system',
    for: '5m',
    threshold: 80,
    // rate, not irate: irate looks at two samples, and one quiet scrape would start the five minutes anew.
    expr: (percent) => promql`
      100 - 100 * avg by (job, instance) (rate(${series(nodeCpuSecondsTotal, { mode: 'idle' })}[5m])) > ${percent}`,
    summary: {
      zh: '主机 {{ $labels.instance }} CPU 使用率过高：{{ $value | printf "%.0f" }}%',
      en: 'CPU of {{ $labels.instance }} is {{ $value | printf "%.0f" }} % busy',
    },
    description: {
      zh: '最近 5 分钟内，{{ $labels.instance }} 的 CPU 平均使用率为 {{ $value | printf "%.1f" }}%，请求可能排队变慢。',
      en: 'Over the last 5 minutes the CPUs of {{ $labels.instance }} were {{ $value | printf "%.1f" }} % busy on average. Requests may queue.',
    },
  }),
  alert({
    name: 'HighMemoryUsage',
    severity: 'critical',
    service: 'system',
    for: '5m',
    threshold: 85,
    expr: (percent) => promql`
      100 * (${series(nodeMemoryTotalBytes)} - ${series(nodeMemoryAvailableBytes)}) / ${series(nodeMemoryTotalBytes)} > ${percent}`,
    summary: {
      zh: '主机 {{ $labels.instance }} 内存使用率过高：{{ $value | printf "%.0f" }}%',
      en: 'Memory of {{ $labels.instance }} is {{ $value | printf "%.0f" }} % used',
    },
    description: {
      zh: '{{ $labels.instance }} 的内存已使用 {{ $value | printf "%.1f" }}%，内核随时可能开始终止进程。',
      en: '{{ $value | printf "%.1f" }} % of the memory of {{ $labels.instance }} is in use; the kernel may start killing processes.',
    },
  }),
  alert({
    name: 'DiskSpaceUsage',
    severity: 'critical',
    service: 'system',
    for: '5m',
    threshold: 90,
    // As df counts: what root keeps in reserve is not there for anybody else.
    expr: (percent) => promql`
      100 * (${series(nodeFilesystemSizeBytes, onDisk)} - ${series(nodeFilesystemFreeBytes, onDisk)})
        / (${series(nodeFilesystemSizeBytes, onDisk)} - ${series(nodeFilesystemFreeBytes, onDisk)} + ${series(nodeFilesystemAvailableBytes, onDisk)}) > ${percent}
      and ${series(nodeFilesystemReadonly, onDisk)} == 0`,
    summary: {
      zh: '主机 {{ $labels.instance }} 磁盘 {{ $labels.mountpoint }} 已用 {{ $value | printf "%.0f" }}%',
      en: 'Disk {{ $labels.mountpoint }} of {{ $labels.instance }} is {{ $value | printf "%.0f" }} % full',
    },
    description: {
      zh: '{{ $labels.instance }} 上挂载于 {{ $labels.mountpoint }} 的 {{ $labels.device }} 已使用 {{ $value | printf "%.1f" }}%。写满之后数据库会停止写入，消息将无法保存。',
      en: '{{ $labels.device }}, mounted on {{ $labels.mountpoint }} of {{ $labels.instance }}, is {{ $value | printf "%.1f" }} % full. When nothing is left, databases stop writing and messages can no longer be kept.',
    },
  }),
] as const;
