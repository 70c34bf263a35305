import type { Message } from '../protocol/frames';
import type { RoomMessage } from '../storage/message-reader';

/** Puts messages into as few frames as possible: one per room, in the order of their `seq`. */
export function groupByRoom(messages: readonly RoomMessage[]): Map<string, Message[]> {
  const rooms = new Map<string, Message[]>();
  for (const { room, message } of messages) {
    const known = rooms.get(room);
    if (known) known.push(message);
    else rooms.set(room, [message]);
  }
  for (const list of rooms.values()) list.sort((one, other) => one.seq - other.seq);
  return rooms;
}
