import { execFile, type ExecFileException } from 'node:child_process';
import { findPrograms } from '../../local/programs';

/** Runs promtool; ending with another code than 0 is an answer, not being there is not. */
export function promtool(...args: readonly string[]): Promise<{ code: number; output: string }> {
  const program = findPrograms().promtool;
  if (!program) throw new Error('promtool is missing; apt-get install prometheus');
  return new Promise((resolve, reject) => {
    execFile(
      program,
      args,
      { maxBuffer: 64 * 1024 * 1024 },
      (error: ExecFileException | null, stdout, stderr) => {
        if (error && typeof error.code !== 'number')
          reject(new Error(`${program} did not run`, { cause: error }));
        else resolve({ code: Number(error?.code ?? 0), output: stdout + stderr });
      },
    );
  });
}
