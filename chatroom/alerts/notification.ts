import { z } from 'zod';
import { alertStatuses } from '../../monitoring/metrics/chatroom-webhook';

const texts = z.record(
  z.string(),
  z.string().transform((value) => value.toWellFormed()),
);

/** One alert in a notification of Alertmanager (webhook version 4), as far as we read it. */
const alert = z.object({
  status: z.enum(alertStatuses),
  labels: texts,
  annotations: texts.default({}),
  startsAt: z.iso.datetime({ offset: true }),
  endsAt: z.iso.datetime({ offset: true }).optional(),
  generatorURL: z.string().default(''),
  fingerprint: z.string().min(1).max(200),
});

/** The envelope; its alerts are read one by one, so that one that cannot be read does not silence the others. */
const envelope = z.object({
  version: z.literal('4'),
  alerts: z.array(z.unknown()),
  truncatedAlerts: z.number().int().min(0).default(0),
});

export type Alert = z.output<typeof alert>;

export type Notification =
  | {
      readonly ok: true;
      readonly alerts: readonly Alert[];
      readonly rejected: number;
      readonly truncated: number;
    }
  | { readonly ok: false; readonly problem: string };

const problemOf = (error: z.ZodError): string => {
  const issue = error.issues[0];
  return `${issue?.path.join('.') || 'body'}: ${issue?.message ?? 'invalid'}`.slice(0, 300);
};

/** Reads the body of a notification. Never throws, whatever it is. */
export function parseNotification(body: unknown): Notification {
  const outer = envelope.safeParse(body);
  if (!outer.success) return { ok: false, problem: problemOf(outer.error) };
  const results = outer.data.alerts.map((one) => alert.safeParse(one));
  const alerts = results.flatMap(({ data }) => data ?? []);
  const firstBad = results.find(({ success }) => !success);
  if (alerts.length === 0 && firstBad?.error) {
    return { ok: false, problem: `alerts: ${problemOf(firstBad.error)}` };
  }
  return {
    ok: true,
    alerts,
    rejected: results.length - alerts.length,
    truncated: outer.data.truncatedAlerts,
  };
}
