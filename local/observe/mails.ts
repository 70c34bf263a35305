import { z } from 'zod';
import type { Site } from '../site';
import { toldAlerts, toldHeader, type ToldAlert } from '../told-alerts';
import { getJson } from './get-json';

const header = toldHeader.toLowerCase();

const address = z.object({ address: z.string() });
const inbox = z.array(
  z.looseObject({
    id: z.string(),
    subject: z.string().default(''),
    from: z.array(address).default([]),
    to: z.array(address).default([]),
    text: z.string().default(''),
    html: z.union([z.string(), z.boolean(), z.null()]).optional(),
    time: z.coerce.date(),
    headers: z.record(z.string(), z.unknown()).default({}),
  }),
);

export interface Mail {
  readonly id: string;
  readonly from: string;
  readonly to: readonly string[];
  readonly subject: string;
  readonly text: string;
  /** Empty for a mail in plain text. */
  readonly html: string;
  readonly receivedAt: Date;
  /** Which alerts it is about. */
  readonly alerts: readonly ToldAlert[];
}

/** Every mail that was caught, oldest first. */
export async function mails(site: Site): Promise<readonly Mail[]> {
  const caught = await getJson(site.url('mail', '/api/email'), inbox);
  return caught.map(({ id, from, to, subject, text, html, time, headers }) => ({
    id,
    from: from[0]?.address ?? '',
    to: to.map((each) => each.address),
    subject,
    text,
    html: typeof html === 'string' ? html : '',
    receivedAt: time,
    alerts: toldAlerts(typeof headers[header] === 'string' ? headers[header] : ''),
  }));
}
