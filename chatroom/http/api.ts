import type { FastifyInstance } from 'fastify';
import { z } from 'zod';
import type { Roster } from '../presence/roster';
import { roomName } from '../protocol/names';
import { readRooms, type ReadHistory } from '../storage/message-reader';
import type { Postgres } from '../storage/postgres';
import { parseRequest } from './bad-request';

const maxRooms = 200;
const maxPage = 200;

const pageQuery = z.object({
  before: z.coerce.number().int().min(0).max(Number.MAX_SAFE_INTEGER).optional(),
  limit: z.coerce.number().int().min(1).max(maxPage).default(50),
});

/** What the web page reads beside the WebSocket: which rooms there are, and older messages. */
export function serveApi(
  app: FastifyInstance,
  props: { readonly postgres: Postgres; readonly roster: Roster; readonly readHistory: ReadHistory },
): void {
  const { postgres, roster, readHistory } = props;

  app.get('/api/rooms', async () => {
    const stored = await readRooms(postgres, maxRooms);
    // A room exists for good once somebody wrote in it, and for as long as somebody is in it.
    const names = [...new Set([...stored, ...roster.rooms()])].slice(0, maxRooms);
    return { rooms: names.map((name) => ({ name, online: roster.count(name) })) };
  });

  app.get<{ Params: { room: string } }>('/api/rooms/:room/messages', async (request) => {
    const { room } = parseRequest(z.object({ room: roomName }), request.params);
    const { before, limit } = parseRequest(pageQuery, request.query);
    const messages = await readHistory({ room, before, limit: limit + 1 });
    return { room, messages: messages.slice(-limit), more: messages.length > limit };
  });
}
