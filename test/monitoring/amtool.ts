import { execFile, type ExecFileException } from 'node:child_process';
import { findPrograms } from '../../local/programs';

interface Answer {
  readonly code: number;
  readonly output: string;
  /** What it says besides its answer: warnings, and why it failed. */
  readonly remarks: string;
}

/** Runs amtool; ending with another code than 0 is an answer, not being there is not. */
export function amtool(...args: readonly string[]): Promise<Answer> {
  const program = findPrograms().amtool;
  if (!program) throw new Error('amtool is missing; apt-get install prometheus-alertmanager');
  return new Promise((resolve, reject) => {
    execFile(program, args, (error: ExecFileException | null, stdout, stderr) => {
      if (error && typeof error.code !== 'number')
        reject(new Error(`${program} did not run`, { cause: error }));
      else resolve({ code: Number(error?.code ?? 0), output: stdout, remarks: stderr });
    });
  });
}
