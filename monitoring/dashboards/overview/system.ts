import { cpuUtilisation, memoryUtilisation } from '../../rules/recordings';
import { series } from '../../model/promql';
import { diskUsed } from '../disk-used';
import { curves } from '../house-style';
import type { Setting } from '../plan';
import { units } from '../units';

export function system(setting: Setting) {
  return curves(setting, {
    title: { zh: '系统资源', en: 'System' },
    description: {
      zh: '每台主机的 CPU、内存与磁盘使用率；磁盘按 df 的方式计算，不含内存文件系统。',
      en: 'How much of each host is in use. Disks are counted as df does, file systems in memory left out.',
    },
    unit: units.ratio,
    queries: [
      { legend: 'CPU {{instance}}', expr: series(cpuUtilisation) },
      { legend: { zh: '内存 {{instance}}', en: 'Memory {{instance}}' }, expr: series(memoryUtilisation) },
      {
        legend: { zh: '磁盘 {{mountpoint}} {{instance}}', en: 'Disk {{mountpoint}} {{instance}}' },
        expr: diskUsed(),
      },
    ],
  })
    .max(1)
    .span(12)
    .height(9);
}
