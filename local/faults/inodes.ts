import { rmSync, statfsSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fault } from './fault';
import { mountedDisk } from './mounted-disk';

export const inodes = fault({
  name: 'inodes',
  does: 'mounts a small disk, and uses its inodes up with empty files',
  alerts: ['DiskInodesUsage'],
  mounts: true,
  inject: async (stack) => {
    const folder = await mountedDisk(stack, 'disk-of-few-inodes', ['-N', '64']);
    const files = Array.from({ length: statfsSync(folder).ffree }, (_, index) =>
      join(folder, `empty-${index}`),
    );
    files.forEach((file) => writeFileSync(file, ''));
    return async () => files.forEach((file) => rmSync(file, { force: true }));
  },
});
