import {
  nodeFilesystemAvailableBytes,
  nodeFilesystemFreeBytes,
  nodeFilesystemSizeBytes,
} from '../metrics/node';
import { onDisk } from '../metrics/on-disk';
import { promql, series } from '../model/promql';

/** Share of a disk that is used, from 0 to 1, as `df` counts: what root keeps in reserve is there for nobody else. */
export function diskUsed(instances: { readonly job?: RegExp; readonly instance?: RegExp } = {}): string {
  const disks = { ...onDisk, ...instances };
  const used = promql`(${series(nodeFilesystemSizeBytes, disks)} - ${series(nodeFilesystemFreeBytes, disks)})`;
  return promql`
    max by (job, instance, mountpoint) (${used} / (${used} + ${series(nodeFilesystemAvailableBytes, disks)}))`;
}
