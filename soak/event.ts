import type { ToldAlert } from '../local/told-alerts';
import type { ProcessUsage } from './process-usage';

/** Someone who must be told of an alert. */
export interface Due {
  readonly alert: string;
  /** As in a notice: `email ops@chatroom.example.com`, `slack #critical-alerts`, `webhook #ops`. */
  readonly to: string;
}

/** What happened in a run, in the order in which it did. `at` is in milliseconds of the epoch. */
export type SoakEvent = { readonly at: number } & (
  | {
      readonly kind: 'broken';
      readonly fault: string;
      /** Alerts that must fire. */
      readonly alerts: readonly string[];
      /** Alerts that may fire as a consequence, and of which nobody may be told. */
      readonly muted: readonly string[];
      /** Who must be told that each alert fires, and later that it is over. */
      readonly due: readonly Due[];
    }
  | { readonly kind: 'healed'; readonly fault: string }
  /** The stack came to rest after a fault; names of all alerts that fired since it last had. */
  | { readonly kind: 'rested'; readonly fired: readonly string[] }
  /** The stack did not come to rest, or something else went wrong that ends the run. */
  | { readonly kind: 'failed'; readonly why: string }
  | {
      readonly kind: 'notice';
      readonly to: string;
      readonly firing: readonly string[];
      readonly resolved: readonly string[];
      readonly alerts: readonly ToldAlert[];
      readonly text: string;
    }
  | { readonly kind: 'sent'; readonly id: string }
  | { readonly kind: 'acknowledged'; readonly id: string }
  | { readonly kind: 'refused'; readonly id: string; readonly why: string }
  /** A witness, who is in the room for the whole run, was shown a message. */
  | { readonly kind: 'delivered'; readonly id: string; readonly witness: string }
  /** Messages that are in the database at the end. */
  | { readonly kind: 'stored'; readonly ids: readonly string[] }
  | {
      readonly kind: 'usage';
      readonly process: string;
      readonly pid: number;
      /** Always at rest, with everybody connected: at the start, after each fault, at the end. */
      readonly moment: 'start' | 'rest' | 'end';
      readonly usage: ProcessUsage | undefined;
      /** What of its handles are WebSocket connections, which move from replica to replica. @default 0 */
      readonly connections?: number;
      /** What its heap holds when garbage is collected. @default - it does not say */
      readonly liveHeapBytes?: number;
    }
  /** A process ended though nobody broke it. */
  | { readonly kind: 'exit'; readonly message: string }
);

export type EventOf<Kind extends SoakEvent['kind']> = Extract<SoakEvent, { kind: Kind }>;
