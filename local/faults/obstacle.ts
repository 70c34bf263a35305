import { existsSync, readFileSync } from 'node:fs';
import type { Fault } from './fault';

/** What a process may do here, as far as faults ask for it. */
export interface Rights {
  readonly root: boolean;
  /** CAP_SYS_ADMIN and loop devices, without which not even root mounts anything. */
  readonly mounts: boolean;
}

/** Bit of CAP_SYS_ADMIN in the sets of capabilities(7). */
const sysAdmin = 21n;

export function ownRights(): Rights {
  const effective = /^CapEff:\s+([0-9a-f]+)$/m.exec(readFileSync('/proc/self/status', 'utf8'))?.[1] ?? '0';
  return {
    root: process.getuid?.() === 0,
    mounts: ((BigInt(`0x${effective}`) >> sysAdmin) & 1n) === 1n && existsSync('/dev/loop-control'),
  };
}

/** Why a fault is not possible here and what would make it so, completing "It …"; nothing when it is. */
export function obstacle(fault: Fault, rights: Rights): string | undefined {
  if (!fault.mounts || (rights.root && rights.mounts)) return undefined;
  if (!rights.root) return `needs root, because it ${fault.does}; run it as root`;
  return `needs to mount a disk, which this container lets nobody do; start the container with --privileged`;
}
