import { execFile } from 'node:child_process';
import { mkdirSync, rmSync, statfsSync, truncateSync, writeFileSync } from 'node:fs';
import { promisify } from 'node:util';
import { fault } from './fault';

const run = promisify(execFile);
const imageBytes = 48 * 1_024 * 1_024;

export const disk = fault({
  name: 'disk',
  does: 'mounts a small disk in the data folder and fills it',
  alerts: ['DiskSpaceUsage'],
  needsRoot: true,
  inject: async (stack) => {
    const { site, ledger } = stack;
    const image = site.path('disk.img');
    const folder = site.path('disk');
    writeFileSync(image, '');
    truncateSync(image, imageBytes);
    mkdirSync(folder, { recursive: true });
    await run(site.program('mkfs'), ['-q', '-F', image]);
    ledger.addMount(folder);
    stack.defer(async () => {
      await run('umount', ['-l', folder]).catch(() => undefined); // not mounted after all
      ledger.removeMount(folder);
      rmSync(image, { force: true });
    });
    await run('mount', ['-o', 'loop', image, folder]);
    const { bavail, bsize } = statfsSync(folder);
    writeFileSync(`${folder}/ballast`, Buffer.alloc(Math.floor(bavail * bsize * 0.97)));
    // The disk itself stays until the end, so that the alert ends because there is room, not because it is gone.
    return async () => rmSync(`${folder}/ballast`, { force: true });
  },
});
