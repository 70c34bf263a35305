import { z } from 'zod';
import type { ErrorCode } from './errors';
import { messageId, messageText, roomName, userName } from './names';

/** Offered by clients as `Sec-WebSocket-Protocol`, so that version 2 can live beside version 1. */
export const subprotocol = 'chatroom.v1';
export const protocolVersion = 1;

/** The path on which the server accepts WebSocket connections. */
export const webSocketPath = '/ws';

const seq = z.number().int().min(0).max(Number.MAX_SAFE_INTEGER);

/** Everything a client may say. The order is that of docs/chatroom.md. */
export const clientFrame = z.discriminatedUnion('type', [
  z.object({ type: z.literal('hello'), name: userName }),
  z.object({ type: z.literal('join'), room: roomName, after: seq.optional() }),
  z.object({ type: z.literal('leave'), room: roomName }),
  z.object({ type: z.literal('send'), room: roomName, id: messageId, text: messageText }),
  z.object({ type: z.literal('ping') }),
]);

export type ClientFrame = z.output<typeof clientFrame>;

/** `user` is what a person wrote; `alert` is written by chatroom-webhook alone. */
export const messageKinds = ['user', 'alert'] as const;
export type MessageKind = (typeof messageKinds)[number];

/** A stored message. `seq` orders and identifies it in the whole chat room; `id` is its sender's own. */
export interface Message {
  readonly seq: number;
  readonly id: string;
  readonly author: string;
  readonly kind: MessageKind;
  readonly text: string;
  /** ISO 8601, UTC. */
  readonly at: string;
}

/** Everything the server may say. */
export type ServerFrame =
  | {
      readonly type: 'welcome';
      readonly protocol: number;
      readonly replica: string;
      readonly name: string;
      readonly heartbeatSeconds: number;
      readonly limits: {
        readonly textLength: number;
        readonly frameBytes: number;
        readonly framesPerSecond: number;
        readonly frameBurst: number;
        readonly rooms: number;
      };
    }
  | {
      readonly type: 'joined';
      readonly room: string;
      /** At most 200 of those present; `memberCount` counts them all. */
      readonly members: readonly string[];
      readonly memberCount: number;
      readonly messages: readonly Message[];
      /** There are older messages (or, after a reconnection, missed ones) than those given. */
      readonly more: boolean;
    }
  | { readonly type: 'left'; readonly room: string }
  | { readonly type: 'messages'; readonly room: string; readonly messages: readonly Message[] }
  | {
      readonly type: 'presence';
      readonly room: string;
      readonly joined: readonly string[];
      readonly left: readonly string[];
      readonly memberCount: number;
    }
  | {
      readonly type: 'ack';
      readonly room: string;
      readonly id: string;
      readonly seq: number;
      readonly at: string;
    }
  | { readonly type: 'reconnect'; readonly afterMs: number }
  | { readonly type: 'pong' }
  | ErrorFrame;

export interface ErrorFrame {
  readonly type: 'error';
  readonly code: ErrorCode;
  readonly message: string;
  /** Whether the same frame can succeed later. */
  readonly retryable: boolean;
  readonly retryAfterMs?: number;
  /** The frame's own `room` and `id`, where it had them. */
  readonly room?: string;
  readonly id?: string;
}
