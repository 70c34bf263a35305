import type { BoardPlan } from '../plan';
import { cpu, cpuByMode, load } from './cpu';
import { diskBusy, diskSpace, diskTraffic, inodes, readOnly } from './disk';
import { clock, fileHandles, killed } from './kernel';
import { memory, swap } from './memory';
import { network, networkErrors } from './network';

/** The machines that everything else runs on. */
export const hosts: BoardPlan = {
  uid: 'chatroom-hosts',
  title: { zh: '主机', en: 'Hosts' },
  description: {
    zh: '承载一切的主机：CPU、内存、磁盘、网络与内核。',
    en: 'The machines that everything runs on: CPU, memory, disks, network and kernel.',
  },
  jobs: ['node-exporter'],
  rows: [
    { title: { zh: 'CPU', en: 'CPU' }, panels: [cpu, cpuByMode, load] },
    { title: { zh: '内存', en: 'Memory' }, panels: [memory, swap] },
    { title: { zh: '磁盘', en: 'Disks' }, panels: [diskSpace, inodes, diskTraffic, diskBusy, readOnly] },
    {
      title: { zh: '网络与内核', en: 'Network and kernel' },
      panels: [network, networkErrors, fileHandles, clock, killed],
    },
  ],
};
