import type { Peer } from './network-flows';
import type { Resources } from './resources';

/** A database or cache: run by us, for development, or by somebody who does nothing else, for production. */
export type DataStoreSettings =
  | {
      readonly kind: 'in-cluster';
      /** Size of its volume, e.g. `1Gi`. */
      readonly storage: string;
      readonly resources: Resources;
    }
  | {
      readonly kind: 'external';
      /** Host name or address. */
      readonly host: string;
      /** @default - the usual port of its kind */
      readonly port?: number;
    };

/** Where a store is, for whoever uses it. */
export interface DataStore {
  readonly host: string;
  readonly port: number;
  /** Its side of a connection, for the network policies. */
  readonly peer: Peer;
}
