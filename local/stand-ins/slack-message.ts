import { z } from 'zod';

/** What Alertmanager posts, as far as it is shown; the rest is kept as it came. */
export const postedMessage = z.looseObject({
  channel: z.string().default(''),
  username: z.string().default(''),
  text: z.string().default(''),
  attachments: z
    .array(
      z.looseObject({
        title: z.string().default(''),
        title_link: z.string().default(''),
        text: z.string().default(''),
        color: z.string().default(''),
        callback_id: z.string().default(''),
      }),
    )
    .default([]),
});

export const slackMessage = postedMessage.extend({
  /** When it arrived, in ISO 8601. */
  receivedAt: z.string(),
});

export type SlackMessage = z.infer<typeof slackMessage>;
