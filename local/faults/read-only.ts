import { fault } from './fault';
import { mountedDisk, remount } from './mounted-disk';
import { untilSeen } from './until-seen';

export const readOnly = fault({
  name: 'read-only',
  does: 'mounts a small disk, and lets nobody write to it any more',
  alerts: ['FilesystemReadOnly'],
  mounts: true,
  inject: async (stack) => {
    const folder = await mountedDisk(stack, 'disk-for-reading');
    // What was never seen to be writable is taken to be meant so.
    await untilSeen(
      stack.site,
      'a disk to write to',
      `node_filesystem_readonly{mountpoint="${folder}"} == 0`,
    );
    await remount(folder, 'ro');
    return () => remount(folder, 'rw');
  },
});
