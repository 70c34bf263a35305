import type { Catalogue } from '../catalogue';
import { annotationLabels } from './annotation-labels';
import { bothLanguages } from './both-languages';
import { durations } from './durations';
import { guardedDivision } from './guarded-division';
import { inhibitions } from './inhibitions';
import { lastingCauses } from './lasting-causes';
import { knownLabels } from './known-labels';
import { knownMetrics } from './known-metrics';
import { matchingSides } from './matching-sides';
import { noIrate } from './no-irate';
import type { Check, Context, Problem } from './problem';
import { reachedReceivers } from './reached-receivers';
import { readableQueries } from './readable-queries';
import { recordingNames } from './recording-names';
import { runbookQueries } from './runbook-queries';
import { runbooks } from './runbooks';
import { severityAndService } from './severity-and-service';
import { somethingToCheck } from './something-to-check';
import { uniqueNames } from './unique-names';

/** Every check, in the order in which its problems are told: first what makes later ones blind. */
export const checks: readonly Check[] = [
  somethingToCheck,
  readableQueries,
  uniqueNames,
  knownMetrics,
  knownLabels,
  matchingSides,
  annotationLabels,
  bothLanguages,
  severityAndService,
  reachedReceivers,
  inhibitions,
  lastingCauses,
  durations,
  noIrate,
  guardedDivision,
  recordingNames,
  runbooks,
  runbookQueries,
];

/** What is wrong with a catalogue although every tool would take it. */
export function lint(catalogue: Catalogue, context: Context): readonly Problem[] {
  return checks.flatMap((check) => check(catalogue, context));
}
