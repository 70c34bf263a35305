/**
 * Evidence that lasts is told when it is first worth it and then each time it has grown enough: what lasts is one
 * event, and telling it at every record would be as many false alarms as the event has records.
 */
export interface Milestone {
  readonly speaks: boolean;
  /** Evidence at which to speak next. */
  readonly next: number;
}

/**
 * @param first evidence that is worth telling; 0 evidence ends the event, and the next one begins with it
 * @param growth factor by which it has to have grown to be told again
 */
export function milestone(evidence: number, next: number, first: number, growth = 2): Milestone {
  if (evidence <= 0) return { speaks: false, next: first };
  return evidence >= next ? { speaks: true, next: growth * evidence } : { speaks: false, next };
}
