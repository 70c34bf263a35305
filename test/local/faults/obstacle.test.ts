import type { Fault } from '../../../local/faults/fault';
import { faults } from '../../../local/faults';
import { obstacle, ownRights } from '../../../local/faults/obstacle';

const all: readonly Fault[] = faults;
const mounting = all.filter(({ mounts }) => mounts);

test('only faults that mount something ask for more than anybody may', () => {
  const nobody = { root: false, mounts: false };
  expect(mounting.length).toBeGreaterThan(0);
  expect(all.filter((fault) => obstacle(fault, nobody) !== undefined)).toEqual(mounting);
  expect(mounting.map((fault) => obstacle(fault, { root: true, mounts: true }))).toEqual(
    mounting.map(() => undefined),
  );
});

test('who is not root is told to become it, and root in a container is told how to start that', () => {
  for (const fault of mounting) {
    expect(obstacle(fault, { root: false, mounts: false })).toMatch(
      /needs root, because it mounts .*run it as root$/,
    );
    expect(obstacle(fault, { root: true, mounts: false })).toMatch(/container .*--privileged$/);
  }
});

test('the rights of this process are those that the kernel states', () => {
  expect(ownRights().root).toBe(process.getuid?.() === 0);
});
