/** What one synthesis took. */
export interface SynthFigures {
  readonly services: number;
  readonly objects: number;
  /** From the first construct to the last file. */
  readonly seconds: number;
  /** The most memory the process held. */
  readonly megabytes: number;
  /** Size of what was written. */
  readonly bytes: number;
}
