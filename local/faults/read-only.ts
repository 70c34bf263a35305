import { setTimeout as sleep } from 'node:timers/promises';
import { query } from '../observe/prometheus';
import type { Stack } from '../stack';
import { fault } from './fault';
import { mountedDisk, remount } from './mounted-disk';

export const readOnly = fault({
  name: 'read-only',
  does: 'mounts a small disk, and lets nobody write to it any more',
  alerts: ['FilesystemReadOnly'],
  mounts: true,
  inject: async (stack) => {
    const folder = await mountedDisk(stack, 'disk-for-reading');
    await untilSeenWritable(stack, folder);
    await remount(folder, 'ro');
    return () => remount(folder, 'rw');
  },
});

/** What was never seen to be writable is taken to be meant so. */
async function untilSeenWritable({ site }: Stack, folder: string): Promise<void> {
  const writable = `node_filesystem_readonly{mountpoint="${folder}"} == 0`;
  const deadline = performance.now() + 60_000;
  while ((await query(site, writable)).length === 0) {
    if (performance.now() > deadline) throw new Error(`the node exporter does not report ${folder}`);
    await sleep(250);
  }
}
