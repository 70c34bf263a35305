import { execFile, type ExecFileException } from 'node:child_process';

/** How a program ended and what it said. */
export interface Answer {
  readonly code: number;
  readonly output: string;
  /** What it says besides its answer: warnings, and why it failed. */
  readonly remarks: string;
}

/** Runs a program; ending with another code than 0 is an answer, not being there is not. */
export function answerOf(program: string, args: readonly string[]): Promise<Answer> {
  return new Promise((resolve, reject) => {
    execFile(
      program,
      args,
      { maxBuffer: 64 * 1024 * 1024 },
      (error: ExecFileException | null, output, remarks) => {
        if (error && typeof error.code !== 'number')
          reject(new Error(`${program} did not run`, { cause: error }));
        else resolve({ code: Number(error?.code ?? 0), output, remarks });
      },
    );
  });
}
