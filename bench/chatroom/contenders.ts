import { join } from 'node:path';
import { chatroomRole, database } from '../../local/components/postgresql';
import { redisUrl } from '../../local/components/redis';
import type { PortName } from '../../local/ports';
import { checkout } from '../../local/site';
import { answers, accepts } from '../../local/supervisor/probes';
import type { ManagedProcess } from '../../local/supervisor/managed-process';
import { subprotocol, webSocketPath, type ServerFrame } from '../../chatroom/protocol/frames';
import type { Lab } from '../measure/lab';
import { compiled } from './compiled';
import { marked } from './marker';

/** A server under measurement, and how one speaks with it. */
export interface Contender {
  readonly name: string;
  /** Where it listens; each has a port of its own, so that they can stand side by side. */
  readonly port: Extract<PortName, 'chat-1' | 'chat-2'>;
  /** Starts a fresh one, as {@link compileContenders} compiled it. `nodeFlags` go to its Node. */
  readonly serve: (lab: Lab, nodeFlags: readonly string[]) => Promise<ManagedProcess>;
  readonly path: string;
  readonly subprotocol?: string;
  /** What a connection says first. */
  readonly greeting: (name: string, room: string) => readonly string[];
  /** Beginning of the frame that says a connection is in the room. @default - it is as soon as it is open */
  readonly entered?: string;
  readonly message: (index: number, room: string) => string;
}

/** What somebody says in a chat, of ordinary length, with the mark by which it is recognised. */
const text = (index: number): string => `${marked(index)} The quick brown fox jumps over the lazy dog.`;

export const chatroom: Contender = {
  name: 'chat server',
  port: 'chat-1',
  path: webSocketPath,
  subprotocol,
  serve: (lab, nodeFlags) => {
    const { site } = lab;
    const password = site.secrets.read('postgres-chatroom');
    const env = {
      CHATROOM_HOST: '127.0.0.1',
      CHATROOM_PORT: String(site.ports['chat-1']),
      CHATROOM_DATABASE_URL: `postgres://${chatroomRole}:${password}@127.0.0.1:${site.ports.postgresql}/${database}`,
      CHATROOM_REDIS_URL: redisUrl(site),
      CHATROOM_LOG_LEVEL: 'warn',
      CHATROOM_DRAIN_SECONDS: '0',
      // A handful of connections send what thousands of people would.
      CHATROOM_FRAMES_PER_SECOND: '100000',
      CHATROOM_FRAME_BURST: '1000000',
    };
    return lab.run({
      name: 'chatroom',
      command: () => compiled('chatroom/server.js', nodeFlags, env),
      ready: () => answers(site.url('chat-1', '/readyz')),
    });
  },
  greeting: (name, room) => [JSON.stringify({ type: 'hello', name }), JSON.stringify({ type: 'join', room })],
  entered: '{"type":"joined"',
  message: (index, room) => JSON.stringify({ type: 'send', room, id: `m${index}`, text: text(index) }),
};

export const bare: Contender = {
  name: 'bare ws',
  port: 'chat-2',
  path: '/',
  serve: (lab, nodeFlags) =>
    lab.run({
      name: 'bare',
      command: () =>
        compiled('bench/chatroom/bare-server.js', nodeFlags, { PORT: String(lab.site.ports['chat-2']) }),
      ready: () => accepts(lab.site.ports['chat-2']),
    }),
  greeting: () => [],
  // It gives out what it was given, so it is given a frame as long as those of the chat server.
  message: (index, room) =>
    JSON.stringify({
      type: 'messages',
      room,
      messages: [
        {
          seq: index,
          id: `m${index}`,
          author: 'user-1',
          kind: 'user',
          text: text(index),
          at: '2026-01-01T00:00:00.000Z',
        },
      ],
    } satisfies ServerFrame),
};

/** In the order in which they take turns. */
export const contenders = [chatroom, bare] as const;

/** Where a profile of the server is written, for `--profile`. */
export const profileFolder = join(checkout, 'build', 'profiles');
