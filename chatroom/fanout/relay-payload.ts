import { z } from 'zod';

/** What one replica tells the others about messages: new ones, or that they should look for some they missed. */
const relayPayload = z.object({
  from: z.string(),
  /** When it was published, in milliseconds since 1970. Replicas of the release before do not say. */
  at: z.number().optional(),
  /** One frame per room, ready to be sent, the messages that are in it, and when the first of them was accepted. */
  frames: z
    .array(
      z.object({
        room: z.string(),
        seqs: z.array(z.number()),
        frame: z.string(),
        acceptedAt: z.number().optional(),
      }),
    )
    .optional(),
  /** "I could not tell you what was stored in the last so many seconds." */
  missedSeconds: z.number().positive().optional(),
});

export type RelayPayload = z.output<typeof relayPayload>;

/** @returns undefined when something else speaks on our channel. */
export function parseRelayPayload(payload: string): RelayPayload | undefined {
  try {
    return relayPayload.safeParse(JSON.parse(payload)).data;
  } catch {
    return undefined;
  }
}
