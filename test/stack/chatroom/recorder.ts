import type { ChatClient } from '../../../chatroom/client';
import type { Message } from '../../../chatroom/protocol/frames';

/** Everything a client was shown of one room, in the order of arrival and without repetitions. */
export class Recorder {
  readonly messages = new Map<number, Message>();
  readonly members = new Set<string>();
  memberCount = 0;

  constructor(client: ChatClient, room: string) {
    client.on('joined', (frame) => {
      if (frame.room !== room) return;
      this.#add(frame.messages);
      this.members.clear();
      frame.members.forEach((name) => this.members.add(name));
      this.memberCount = frame.memberCount;
    });
    client.on('messages', (frame) => {
      if (frame.room === room) this.#add(frame.messages);
    });
    client.on('presence', (frame) => {
      if (frame.room !== room) return;
      frame.left.forEach((name) => this.members.delete(name));
      frame.joined.forEach((name) => this.members.add(name));
      this.memberCount = frame.memberCount;
    });
  }

  texts(): string[] {
    return [...this.messages.values()].sort((one, other) => one.seq - other.seq).map(({ text }) => text);
  }

  #add(messages: readonly Message[]): void {
    messages.forEach((message) => this.messages.set(message.seq, message));
  }
}
