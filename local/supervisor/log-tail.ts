import { closeSync, fstatSync, openSync, readSync } from 'node:fs';

/** The last lines of a log, without reading all of it. Empty when there is none. */
export function logTail(file: string, lines: number): readonly string[] {
  let descriptor: number;
  try {
    descriptor = openSync(file, 'r');
  } catch {
    return [];
  }
  try {
    const { size } = fstatSync(descriptor);
    const buffer = Buffer.alloc(Math.min(size, 16_384));
    readSync(descriptor, buffer, 0, buffer.length, size - buffer.length);
    return buffer
      .toString('utf8')
      .split('\n')
      .filter((line) => line.trim() !== '')
      .slice(-lines);
  } finally {
    closeSync(descriptor);
  }
}
