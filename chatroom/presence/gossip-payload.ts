import { z } from 'zod';

const members = z.array(z.tuple([z.string(), z.string()]).readonly()).readonly();

/** What replicas tell each other about who is there. */
const gossipPayload = z.discriminatedUnion('kind', [
  /** I am alive, and this many changes have happened here. */
  z.object({ kind: z.literal('alive'), from: z.string(), revision: z.number() }),
  /** One change: some entered rooms, some left. */
  z.object({
    kind: z.literal('step'),
    from: z.string(),
    revision: z.number(),
    entered: members,
    gone: members,
  }),
  /** Everybody who is here. */
  z.object({ kind: z.literal('state'), from: z.string(), revision: z.number(), members }),
  /** Tell me your whole state: one replica, or all. */
  z.object({ kind: z.literal('ask'), from: z.string(), of: z.string().optional() }),
  /** I am going; forget me. */
  z.object({ kind: z.literal('bye'), from: z.string() }),
]);

export type GossipPayload = z.output<typeof gossipPayload>;

/** @returns undefined when something else speaks on our channel. */
export function parseGossipPayload(payload: string): GossipPayload | undefined {
  try {
    return gossipPayload.safeParse(JSON.parse(payload)).data;
  } catch {
    return undefined;
  }
}
