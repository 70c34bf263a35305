import { parseArgs } from 'node:util';
import { install, packagesFor, privilege, remedy } from './install';
import { findPrograms, missingPrograms, type Programs, type Purpose } from './programs';

/**
 * Makes sure that the programs for a purpose are on this machine: installs them where that needs no question,
 * otherwise says what to install.
 *
 * @throws Error with one line that names the packages.
 */
export function requirePrograms(
  purpose: Purpose,
  say: (line: string) => void = (line) => process.stderr.write(`${line}\n`),
): Programs {
  const programs = findPrograms();
  const missing = missingPrograms(purpose, programs);
  if (missing.length === 0) return programs;

  const as = privilege();
  if (as === 'none') throw new Error(remedy(missing));
  say(`installing with apt-get${as === 'sudo' ? ' (sudo)' : ''}: ${packagesFor(missing).join(' ')}`);
  install(missing, as);

  const installed = findPrograms();
  const still = missingPrograms(purpose, installed);
  if (still.length > 0) throw new Error(remedy(still));
  return installed;
}

if (require.main === module) {
  try {
    const { values } = parseArgs({ options: { for: { type: 'string', default: 'start' } } });
    if (values.for !== 'start' && values.for !== 'test') {
      throw new Error(`--for ${values.for} is unknown; write --for start or --for test`);
    }
    requirePrograms(values.for);
  } catch (error) {
    process.stderr.write(`${error instanceof Error ? error.message : String(error)}\n`);
    process.exitCode = 1;
  }
}
