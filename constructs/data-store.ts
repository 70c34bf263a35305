import type { Peer } from './network-flows';
import type { Resources } from './resources';
import type { SecretKey } from './secret-key';
import type { Mount } from './workload';

/** A database or cache: run by us, for development, or by somebody who does nothing else, for production. */
export type DataStoreSettings =
  | {
      readonly kind: 'in-cluster';
      /** Size of its volume, e.g. `1Gi`. */
      readonly storage: string;
      /** @default - that which the cluster gives to who asks for none */
      readonly storageClass?: string;
      readonly resources: Resources;
    }
  | {
      readonly kind: 'external';
      /** Host name or address. */
      readonly host: string;
      /** @default - the usual port of its kind */
      readonly port?: number;
      /** How connections to it are protected. @default 'verified' */
      readonly tls?: StoreTls;
    };

/**
 * How connections to a store are protected: not at all, which is right where both ends are in one cluster or something
 * else encrypts; encrypted, and the server proves its name to an authority that everybody knows; or that with an
 * authority of one's own, whose certificate (PEM) is under a key of a Secret.
 */
export type StoreTls = 'off' | 'verified' | { readonly authority: SecretKey };

/** Where a store is, for whoever uses it. */
export interface DataStore {
  readonly host: string;
  readonly port: number;
  /** How connections to it are protected. @default 'off' */
  readonly tls?: StoreTls;
  /** Its side of a connection, for the network policies. */
  readonly peer: Peer;
}

const authorityFolder = '/etc/chatroom/authorities';

/** The file in which a container finds the certificate of a store's own authority; undefined where it has none. */
export function authorityFile({ tls }: DataStore): string | undefined {
  return typeof tls === 'object'
    ? `${authorityFolder}/${tls.authority.secret}/${tls.authority.key}`
    : undefined;
}

/** What has to be in a container's file system so that it can check who these stores are. */
export function authorityMounts(...stores: readonly DataStore[]): readonly Mount[] {
  const secrets = new Map<string, string[]>();
  for (const { tls } of stores) {
    if (typeof tls !== 'object') continue;
    const { secret, key } = tls.authority;
    secrets.set(secret, [...(secrets.get(secret) ?? []), key]);
  }
  return [...secrets].map(([secret, keys]) => ({ path: `${authorityFolder}/${secret}`, secret, keys }));
}
