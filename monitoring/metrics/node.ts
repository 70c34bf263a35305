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

export const nodeLoad1 = gauge({
  name: 'node_load1',
  help: 'Tasks that ran, waited for a CPU or for a disk, averaged over a minute.',
});

export const nodeMemorySwapTotalBytes = gauge({
  name: 'node_memory_SwapTotal_bytes',
  help: 'Swap space of the machine; 0 where there is none.',
});

export const nodeMemorySwapFreeBytes = gauge({
  name: 'node_memory_SwapFree_bytes',
  help: 'Swap space not in use.',
});

export const nodeFilesystemFiles = gauge({
  name: 'node_filesystem_files',
  help: 'Inodes of the file system; 0 where it has no fixed number.',
  labels: filesystem,
});

export const nodeFilesystemFilesFree = gauge({
  name: 'node_filesystem_files_free',
  help: 'Inodes not in use.',
  labels: filesystem,
});

export const nodeDiskReadBytesTotal = counter({
  name: 'node_disk_read_bytes_total',
  help: 'Bytes read from the device.',
  labels: ['device'],
});

export const nodeDiskWrittenBytesTotal = counter({
  name: 'node_disk_written_bytes_total',
  help: 'Bytes written to the device.',
  labels: ['device'],
});

export const nodeDiskIoTimeSecondsTotal = counter({
  name: 'node_disk_io_time_seconds_total',
  help: 'Seconds during which the device had something to do.',
  labels: ['device'],
});

export const nodeNetworkReceiveBytesTotal = counter({
  name: 'node_network_receive_bytes_total',
  help: 'Bytes received.',
  labels: ['device'],
});

export const nodeNetworkTransmitBytesTotal = counter({
  name: 'node_network_transmit_bytes_total',
  help: 'Bytes sent.',
  labels: ['device'],
});

export const nodeNetworkReceiveErrsTotal = counter({
  name: 'node_network_receive_errs_total',
  help: 'Packets received broken.',
  labels: ['device'],
});

export const nodeNetworkTransmitErrsTotal = counter({
  name: 'node_network_transmit_errs_total',
  help: 'Packets that could not be sent.',
  labels: ['device'],
});

export const nodeTimexOffsetSeconds = gauge({
  name: 'node_timex_offset_seconds',
  help: 'How far the clock is from its time source.',
});

export const nodeVmstatOomKill = counter({
  name: 'node_vmstat_oom_kill',
  help: 'Processes the kernel killed for want of memory.',
});

export const nodeFilefdAllocated = gauge({
  name: 'node_filefd_allocated',
  help: 'File handles in use on the whole machine.',
});

export const nodeFilefdMaximum = gauge({
  name: 'node_filefd_maximum',
  help: 'File handles the machine has at most.',
});

export const nodeTimeSeconds = gauge({
  name: 'node_time_seconds',
  help: 'What the clock of the machine says.',
});

export const nodeTimexSyncStatus = gauge({
  name: 'node_timex_sync_status',
  help: '1 while the kernel says that the clock follows a reference.',
});

export const nodeNetworkReceivePacketsTotal = counter({
  name: 'node_network_receive_packets_total',
  help: 'Packets received.',
  labels: ['device'],
});

export const nodeNetworkTransmitPacketsTotal = counter({
  name: 'node_network_transmit_packets_total',
  help: 'Packets sent.',
  labels: ['device'],
});

export const nodeLoad15 = gauge({
  name: 'node_load15',
  help: 'Processes that ran or waited to run, averaged over 15 minutes.',
});

export const nodeMetrics = [
  nodeCpuSecondsTotal,
  nodeMemoryTotalBytes,
  nodeMemoryAvailableBytes,
  nodeFilesystemSizeBytes,
  nodeFilesystemFreeBytes,
  nodeFilesystemAvailableBytes,
  nodeFilesystemReadonly,
  nodeLoad1,
  nodeMemorySwapTotalBytes,
  nodeMemorySwapFreeBytes,
  nodeFilesystemFiles,
  nodeFilesystemFilesFree,
  nodeDiskReadBytesTotal,
  nodeDiskWrittenBytesTotal,
  nodeDiskIoTimeSecondsTotal,
  nodeNetworkReceiveBytesTotal,
  nodeNetworkTransmitBytesTotal,
  nodeNetworkReceiveErrsTotal,
  nodeNetworkTransmitErrsTotal,
  nodeTimexOffsetSeconds,
  nodeVmstatOomKill,
  nodeFilefdAllocated,
  nodeFilefdMaximum,
  nodeTimeSeconds,
  nodeTimexSyncStatus,
  nodeNetworkReceivePacketsTotal,
  nodeNetworkTransmitPacketsTotal,
  nodeLoad15,
] as const;
