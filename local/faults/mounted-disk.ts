import { execFile } from 'node:child_process';
import { readFileSync, rmSync, truncateSync, writeFileSync } from 'node:fs';
import { promisify } from 'node:util';
import type { Stack } from '../stack';

const run = promisify(execFile);
const imageBytes = 48 * 1_024 * 1_024;

/**
 * A small disk in the data folder. It stays until the stack ends, so that an alert about it ends because it is well
 * again and not because it is gone; asked for once more, it is the same.
 *
 * @param make - further arguments of mkfs.ext4
 * @returns the folder on which it is mounted
 */
export async function mountedDisk(
  { site, ledger, defer }: Stack,
  name: string,
  make: readonly string[] = [],
): Promise<string> {
  const folder = site.folder(name);
  if (isMounted(folder)) return folder;
  const image = site.path(`${name}.img`);
  writeFileSync(image, '');
  truncateSync(image, imageBytes);
  await run(site.program('mkfs'), ['-q', '-F', ...make, image]);
  ledger.addMount(folder);
  defer(async () => {
    await run('umount', ['-l', folder]).catch(() => undefined); // not mounted after all
    ledger.removeMount(folder);
    rmSync(image, { force: true });
  });
  await run('mount', ['-o', 'loop', image, folder]);
  return folder;
}

/** @param options - as in `mount -o`, such as `ro` */
export async function remount(folder: string, options: string): Promise<void> {
  await run('mount', ['-o', `remount,${options}`, folder]);
}

function isMounted(folder: string): boolean {
  const mounted = readFileSync('/proc/mounts', 'utf8').split('\n');
  return mounted.some((line) => line.split(' ')[1] === folder);
}
