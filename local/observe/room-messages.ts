import { z } from 'zod';
import type { Site } from '../site';
import { getJson } from './get-json';

const page = z.object({
  messages: z.array(
    z.object({
      seq: z.number(),
      id: z.string(),
      author: z.string(),
      kind: z.string(),
      text: z.string(),
      at: z.string(),
    }),
  ),
});

export type RoomMessage = z.infer<typeof page>['messages'][number];

/** The latest messages of a room, at most 200, oldest first, as one replica gives them out. */
export async function roomMessages(site: Site, room: string): Promise<readonly RoomMessage[]> {
  const url = site.url('chat-1', `/api/rooms/${encodeURIComponent(room)}/messages?limit=200`);
  return (await getJson(url, page)).messages;
}
