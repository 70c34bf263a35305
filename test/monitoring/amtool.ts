import { findPrograms } from '../../local/programs';
import { answerOf, type Answer } from './answer-of';

/** Runs Debian's amtool. */
export function amtool(...args: readonly string[]): Promise<Answer> {
  const program = findPrograms().amtool;
  if (!program) throw new Error('amtool is missing; apt-get install prometheus-alertmanager');
  return answerOf(program, args);
}
