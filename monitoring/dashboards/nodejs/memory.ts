import { heapLimitBytes } from '../../metrics/chatroom-process';
import { nodejsHeapSizeUsedBytes } from '../../metrics/nodejs';
import { processResidentMemoryBytes } from '../../metrics/process';
import { promql, series } from '../../model/promql';
import { colours } from '../colours';
import { curves } from '../house-style';
import type { Setting } from '../plan';
import { chosen } from '../selection';
import { units } from '../units';

export function heap(setting: Setting) {
  return curves(setting, {
    title: { zh: '堆内存', en: 'Heap' },
    description: {
      zh: '锯齿是垃圾回收；谷底持续抬高就是泄漏。虚线是上限，到达后进程会自行终止。',
      en: 'The teeth are garbage collection; when the low points keep rising, something leaks. At the dashed line the process ends itself.',
    },
    unit: units.bytes,
    queries: [
      { legend: '{{job}} {{instance}}', expr: series(nodejsHeapSizeUsedBytes, chosen) },
      {
        legend: { zh: '上限', en: 'Limit' },
        expr: promql`min(${series(heapLimitBytes, chosen)})`,
        colour: colours.bad,
        bound: true,
      },
    ],
  })
    .span(12)
    .height(8);
}

export function memory(setting: Setting) {
  return curves(setting, {
    title: { zh: '常驻内存', en: 'Resident memory' },
    description: {
      zh: '进程在内存中的全部，堆、缓冲区与运行时都在内。',
      en: 'All of the process that is in RAM: heap, buffers and runtime.',
    },
    unit: units.bytes,
    queries: [{ legend: '{{job}} {{instance}}', expr: series(processResidentMemoryBytes, chosen) }],
  })
    .span(12)
    .height(8);
}
