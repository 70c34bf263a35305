/**
 * Runs the cluster suite, after making sure that its programs are there. Where they cannot be had (no Go, no
 * KUBEBUILDER_ASSETS) one line says so; in CI that is a failure, because a suite that never runs proves nothing.
 */
import { spawnSync } from 'node:child_process';
import { ensure, LEFT_OUT } from './control-plane/ensure';

void ensure().then((code) => {
  if (code !== 0) process.exit(code === LEFT_OUT ? 0 : code);
  const jest = spawnSync(
    process.execPath,
    [
      '--experimental-vm-modules',
      require.resolve('jest/bin/jest'),
      '--selectProjects',
      'cluster',
      '--runInBand',
      ...process.argv.slice(2),
    ],
    { stdio: 'inherit' },
  );
  process.exit(jest.status ?? 1);
});
