import { rmSync, statfsSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fault } from './fault';
import { mountedDisk } from './mounted-disk';

export const disk = fault({
  name: 'disk',
  does: 'mounts a small disk in the data folder and fills it',
  alerts: ['DiskSpaceUsage'],
  mounts: true,
  inject: async (stack) => {
    const folder = await mountedDisk(stack, 'disk');
    const ballast = join(folder, 'ballast');
    const { bavail, bsize } = statfsSync(folder);
    writeFileSync(ballast, Buffer.alloc(Math.floor(bavail * bsize * 0.97)));
    return async () => rmSync(ballast, { force: true });
  },
});
