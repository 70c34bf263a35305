import type { Duration } from '../../../monitoring/model/duration';
import type { Text } from '../../../monitoring/model/text';
import type { AlertName } from '../../../monitoring/rules';
import type { Given } from './given';

/** How many alerts of one name fire at given moments. */
export type Counts = Readonly<Partial<Record<Duration, number>>>;

/** A situation in which an alert fires, and possibly ends. */
export interface Firing {
  /** The situation, so that "fires when …" is a sentence. */
  readonly when: string;
  readonly given: readonly Given[];
  readonly counts: Counts;
  /** What other alerts do meanwhile. @default - not looked at */
  readonly others?: Readonly<Partial<Record<AlertName, Counts>>>;
}

/** A situation in which an alert never fires. */
export interface Silent {
  /** The situation, so that "stays silent when …" is a sentence. */
  readonly when: string;
  readonly given: readonly Given[];
  /** @default 30m */
  readonly until?: Duration;
}

/** The proof of one alert. A new alert does not pass without one, and this does not compile without both kinds. */
export interface AlertCases {
  readonly alert: AlertName;
  /** What people read in the first situation of `fires`, word for word, and the labels of the series it is about. */
  readonly says: {
    readonly labels?: Readonly<Record<string, string>>;
    readonly summary: Text;
    readonly description: Text;
  };
  readonly fires: readonly [Firing, ...Firing[]];
  readonly silent: readonly [Silent, ...Silent[]];
}
