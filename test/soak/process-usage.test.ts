import { closeSync, openSync } from 'node:fs';
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { processUsage } from '../../soak/process-usage';

test('opening files is seen as handles of this process', () => {
  const before = processUsage(process.pid)?.handles ?? Number.NaN;
  const files = Array.from({ length: 5 }, () => openSync('/dev/null', 'r'));
  try {
    expect(processUsage(process.pid)?.handles).toBe(before + 5);
  } finally {
    files.forEach(closeSync);
  }
});

test('memory and processor time are those that the process itself reports', () => {
  const usage = processUsage(process.pid);
  const { rss } = process.memoryUsage();
  const { user, system } = process.cpuUsage();
  expect(usage?.residentBytes).toBeGreaterThan(rss * 0.7);
  expect(usage?.residentBytes).toBeLessThan(rss * 1.3);
  expect(usage?.cpuSeconds).toBeCloseTo((user + system) / 1e6, 0);
});

test('a process that is gone occupies nothing that could be mistaken for zero', async () => {
  const child = spawn('/bin/true');
  await once(child, 'exit');
  expect(processUsage(child.pid ?? 0)).toBeUndefined();
});
