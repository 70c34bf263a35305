import { findPrograms } from '../../local/programs';
import { answerOf } from './answer-of';

interface Answer {
  readonly code: number;
  /** Everything it says: promtool says some things here and some there. */
  readonly output: string;
}

/** The promtool of Debian's Prometheus, the oldest that has to read what we deliver. */
export function debianPromtool(): string {
  const program = findPrograms().promtool;
  if (!program) throw new Error('promtool is missing; apt-get install prometheus');
  return program;
}

/** Runs Debian's promtool. */
export function promtool(...args: readonly string[]): Promise<Answer> {
  return promtoolAt(debianPromtool(), args);
}

/** The same with a promtool of another version. */
export async function promtoolAt(program: string, args: readonly string[]): Promise<Answer> {
  const { code, output, remarks } = await answerOf(program, args);
  return { code, output: output + remarks };
}
