import type { Logger } from 'pino';
import type { messageRefusals } from '../../monitoring/metrics/chatroom-delivery';
import type { CountException } from '../exceptions';
import { maxListedNames } from '../presence/announcer';
import type { Roster } from '../presence/roster';
import { protocolVersion, type ClientFrame } from '../protocol/frames';
import { maxTextLength } from '../protocol/names';
import { parseFrame } from '../protocol/parse-frame';
import type { History } from '../rooms/history';
import type { Hub } from '../rooms/hub';
import type { MessageStore } from '../storage/message-store';
import { StorageOverloaded, StorageUnavailable } from '../storage/unavailable';
import type { Connection } from './connection';

const maxRooms = 20;

/** Why a message can be refused; codes of the protocol, as metrics name them. */
type MessageRefusal = (typeof messageRefusals)[number];

export interface ConversationProps {
  readonly replica: string;
  readonly heartbeatSeconds: number;
  readonly maxFrameBytes: number;
  readonly framesPerSecond: number;
  readonly frameBurst: number;
  readonly hub: Hub;
  readonly roster: Roster;
  readonly history: History;
  readonly store: MessageStore;
  readonly log: Logger;
  readonly countException: CountException;
  readonly countMessage: () => void;
  readonly countRefusal: (reason: MessageRefusal) => void;
  /** Called when a connection has a name. */
  readonly introduced: (connection: Connection) => void;
}

/** By what its sender knows a frame. */
interface WhichFrame {
  readonly type: ClientFrame['type'];
  readonly room: string | undefined;
  readonly id: string | undefined;
}

type Handlers = {
  readonly [Type in ClientFrame['type']]: (
    connection: Connection,
    frame: Extract<ClientFrame, { type: Type }>,
  ) => void | Promise<void>;
};

/** What the server does with each frame of the protocol. */
export class Conversation {
  readonly #props: ConversationProps;

  constructor(props: ConversationProps) {
    this.#props = props;
  }

  /** Handles one frame. Whatever it holds, this neither throws nor rejects. */
  async take(connection: Connection, text: string): Promise<void> {
    if (connection.ended) return;
    if (!connection.mayProceed()) {
      // The frame is read only for its id, so that its sender knows which one to repeat.
      const parsed = parseFrame(text);
      const { type, room, id } = (parsed.ok ? parsed.frame : parsed) as Partial<WhichFrame>;
      this.#refuse(connection, type, 'rate_limited', { room, id });
      return;
    }
    const parsed = parseFrame(text);
    if (!parsed.ok) {
      connection.refuse('bad_frame', { message: parsed.problem, room: parsed.room, id: parsed.id });
      return;
    }
    const { frame } = parsed;
    try {
      if (connection.name === '' && frame.type !== 'hello' && frame.type !== 'ping') {
        this.#refuse(connection, frame.type, 'hello_required', 'room' in frame ? { room: frame.room } : {});
        return;
      }
      await (this.#handlers[frame.type] as (to: Connection, what: ClientFrame) => void | Promise<void>)(
        connection,
        frame,
      );
    } catch (error) {
      this.#failed(connection, frame, error);
    }
  }

  readonly #handlers: Handlers = {
    hello: (connection, { name }) => {
      if (connection.name !== '') return connection.refuse('already_introduced');
      connection.introduce(name);
      const { replica, heartbeatSeconds, maxFrameBytes, framesPerSecond, frameBurst } = this.#props;
      this.#props.introduced(connection);
      connection.tell({
        type: 'welcome',
        protocol: protocolVersion,
        replica,
        name,
        heartbeatSeconds,
        limits: {
          textLength: maxTextLength,
          frameBytes: maxFrameBytes,
          framesPerSecond,
          frameBurst,
          rooms: maxRooms,
        },
      });
    },

    join: async (connection, { room, after }) => {
      const { hub, roster, history } = this.#props;
      if (!connection.rooms.has(room) && connection.rooms.size >= maxRooms) {
        return connection.refuse('too_many_rooms', { room });
      }
      // First the live messages, then the history: the other way round, what is stored in between is lost.
      const visit = connection.rooms.get(room) ?? { asked: 0, told: false };
      connection.rooms.set(room, visit);
      hub.enter(room, connection);
      visit.asked += 1;
      try {
        const page = await history.page(room, after);
        visit.told = true;
        connection.tell({
          type: 'joined',
          room,
          members: roster.names(room, maxListedNames),
          memberCount: roster.count(room),
          messages: page.messages,
          more: page.more,
        });
      } finally {
        visit.asked -= 1;
        // Somebody who was told that entering failed must not be there all the same; but they may have asked again
        // meanwhile, or have left and come back.
        const failed = !visit.told && visit.asked === 0;
        if (failed && connection.rooms.get(room) === visit) this.#leave(connection, room);
      }
    },

    leave: (connection, { room }) => {
      this.#leave(connection, room);
      connection.tell({ type: 'left', room });
    },

    send: async (connection, { room, id, text }) => {
      if (!connection.rooms.has(room)) return this.#refuse(connection, 'send', 'not_joined', { room, id });
      const { message, fresh } = await this.#props.store.add({
        room,
        author: connection.name,
        kind: 'user',
        id,
        text,
      });
      if (fresh) this.#props.countMessage();
      connection.tell({ type: 'ack', room, id, seq: message.seq, at: message.at });
    },

    ping: (connection) => connection.tell({ type: 'pong' }),
  };

  /** Takes a connection that is gone out of all its rooms. */
  forget(connection: Connection): void {
    for (const room of [...connection.rooms.keys()]) this.#leave(connection, room);
  }

  #leave(connection: Connection, room: string): void {
    connection.rooms.delete(room);
    this.#props.hub.leave(room, connection);
  }

  #failed(connection: Connection, frame: ClientFrame, error: unknown): void {
    const which = {
      room: 'room' in frame ? frame.room : undefined,
      id: 'id' in frame ? frame.id : undefined,
    };
    if (error instanceof StorageUnavailable) {
      return this.#refuse(connection, frame.type, 'unavailable', which);
    }
    if (error instanceof StorageOverloaded) {
      return this.#refuse(connection, frame.type, 'overloaded', which);
    }
    this.#props.countException('websocket');
    this.#props.log.error({ err: error, frame: frame.type }, 'a frame could not be handled');
    this.#refuse(connection, frame.type, 'internal', which);
  }

  /** Refuses a frame of a type; one that was to send a message counts, since it is a message that nobody reads. */
  #refuse(
    connection: Connection,
    type: ClientFrame['type'] | undefined,
    code: MessageRefusal,
    which: Omit<Partial<WhichFrame>, 'type'>,
  ): void {
    if (type === 'send') this.#props.countRefusal(code);
    connection.refuse(code, which);
  }
}
