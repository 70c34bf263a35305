import { heapLimitBytes } from '../../metrics/chatroom-process';
import { nodejsHeapSizeUsedBytes } from '../../metrics/nodejs';
import { processResidentMemoryBytes } from '../../metrics/process';
import { promql, series } from '../../model/promql';
import { curves } from '../house-style';
import type { Setting } from '../plan';
import { chosen } from '../selection';
import { units } from '../units';

export function heap(setting: Setting) {
  return curves(setting, {
    title: { zh: '堆内存', en: 'Heap' },
    description: {
      zh: '锯齿是垃圾回收；谷底持续抬高就是泄漏。',
      en: 'The teeth are garbage collection; when the low points keep rising, something leaks.',
    },
    unit: units.bytes,
    queries: [{ legend: '{{job}} {{instance}}', expr: series(nodejsHeapSizeUsedBytes, chosen) }],
  })
    .span(8)
    .height(8);
}

export function heapShare(setting: Setting) {
  return curves(setting, {
    title: { zh: '堆内存占上限', en: 'Heap, of its limit' },
    description: {
      zh: '到达 100% 时进程会自行终止。仅聊天服务器公布上限。',
      en: 'At 100 % the process ends itself. Only chat servers state their limit.',
    },
    unit: units.ratio,
    queries: [
      {
        legend: '{{job}} {{instance}}',
        expr: promql`
          ${series(nodejsHeapSizeUsedBytes, chosen)} / on (job, instance) (${series(heapLimitBytes, chosen)} > 0)`,
      },
    ],
  })
    .span(8)
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
    .span(8)
    .height(8);
}
