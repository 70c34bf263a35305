import { spawnSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { checkout } from '../local/site';
import { load, machine } from './measure/machine';
import { plan, scriptOf } from './plan';

/** `npm run bench [-- NAME…]`: runs the benches one after the other; each writes its own page. */
function main(chosen: readonly string[]): number {
  const { scripts } = JSON.parse(readFileSync(join(checkout, 'package.json'), 'utf8')) as {
    scripts: Record<string, string>;
  };
  const { run, missing } = plan(chosen, scripts);
  console.log(`Benches: ${run.join(', ')}. Machine: ${machine()}.`);
  if (missing.length > 0) console.log(`Not there: ${missing.map(scriptOf).join(', ')}.`);
  if (load() > 1) {
    console.log(`Others keep this machine busy (load ${load().toFixed(1)}); the figures will suffer.`);
  }
  const failed = run.filter((name, index) => {
    const began = performance.now();
    console.log(`\n[${index + 1}/${run.length}] npm run ${scriptOf(name)}`);
    const { status } = spawnSync('npm', ['run', '--silent', scriptOf(name)], {
      cwd: checkout,
      stdio: 'inherit',
    });
    const seconds = Math.round((performance.now() - began) / 1_000);
    console.log(`[${index + 1}/${run.length}] ${name} ${status === 0 ? 'done' : 'FAILED'} in ${seconds} s`);
    return status !== 0;
  });
  if (failed.length > 0) console.error(`Failed: ${failed.join(', ')}.`);
  return failed.length === 0 ? 0 : 1;
}

try {
  process.exitCode = main(process.argv.slice(2));
} catch (error) {
  console.error(error instanceof Error ? error.message : error);
  process.exitCode = 1;
}
