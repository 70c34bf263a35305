import { counter, gauge } from '../model/metric';

/** What the rules and boards use of node exporter. */

export const nodeCpuSecondsTotal = counter({
  name: 'node_cpu_seconds_total',
  help: 'Seconds each CPU spent in each mode.',
  labels: ['cpu', 'mode'],
});

export const nodeMemoryTotalBytes = gauge({
  name: 'node_memory_MemTotal_bytes',
  help: 'Memory of the machine.',
});

export const nodeMemoryAvailableBytes = gauge({
  name: 'node_memory_MemAvailable_bytes',
  help: 'Memory that could be given to processes without swapping.',
});

const filesystem = ['device', 'fstype', 'mountpoint'] as const;

export const nodeFilesystemSizeBytes = gauge({
  name: 'node_filesystem_size_bytes',
  help: 'Size of the file system.',
  labels: filesystem,
});

export const nodeFilesystemFreeBytes = gauge({
  name: 'node_filesystem_free_bytes',
  help: 'Free space, including what is reserved for root.',
  labels: filesystem,
});

export const nodeFilesystemAvailableBytes = gauge({
  name: 'node_filesystem_avail_bytes',
  help: 'Free space that ordinary processes can use.',
  labels: filesystem,
});

export const nodeFilesystemReadonly = gauge({
  name: 'node_filesystem_readonly',
  help: '1 when the file system is mounted read-only.',
  labels: filesystem,
});

export const nodeMetrics = [
  nodeCpuSecondsTotal,
  nodeMemoryTotalBytes,
  nodeMemoryAvailableBytes,
  nodeFilesystemSizeBytes,
  nodeFilesystemFreeBytes,
  nodeFilesystemAvailableBytes,
  nodeFilesystemReadonly,
] as const;
