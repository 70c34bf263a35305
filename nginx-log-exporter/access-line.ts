import { z } from 'zod';

/** One answered request. */
export interface AccessLine {
  readonly status: number;
  readonly seconds: number;
  /** Whether it became a WebSocket connection, which lasts as long as somebody stays. */
  readonly webSocket: boolean;
  /** Why no chat server answered; absent when one did, or when none was asked. */
  readonly upstreamFailure?: 'unreachable' | 'no_live_upstream';
}

const entry = z.object({
  s: z.string().regex(/^[1-5]\d\d$/),
  t: z.string().regex(/^\d+\.\d+$/),
  u: z.string(),
  a: z.string(),
  w: z.string(),
});

/**
 * Reads one datagram as nginx sends it: a syslog header (RFC 3164) and an entry in `accessLogFormat`.
 *
 * @returns undefined for anything else.
 */
export function parseAccessLine(datagram: string): AccessLine | undefined {
  const start = datagram.indexOf('{');
  if (!/^<\d{1,3}>/.test(datagram) || start < 0) return undefined;
  let json: unknown;
  try {
    json = JSON.parse(datagram.slice(start));
  } catch {
    return undefined;
  }
  const { success, data } = entry.safeParse(json);
  if (!success) return undefined;
  const status = Number(data.s);
  const upstreamFailure = failureOf(data.u, data.a);
  return {
    status,
    seconds: Number(data.t),
    webSocket: status === 101 || (data.w.toLowerCase() === 'websocket' && status === 499),
    ...(upstreamFailure && { upstreamFailure }),
  };
}

/**
 * nginx lists the servers it tried, one after the other. It notes 502 or 504 for one that could not be reached or did
 * not answer in time, and the name of the upstream in place of an address when it took none to be alive.
 */
function failureOf(statuses: string, addresses: string): AccessLine['upstreamFailure'] {
  if (statuses === '') return undefined;
  const last = statuses
    .split(/[,:]\s*/)
    .at(-1)
    ?.trim();
  if (last !== '502' && last !== '504') return undefined;
  const tried =
    addresses
      .split(/[,:]\s+/)
      .at(-1)
      ?.trim() ?? '';
  return /[:/]/.test(tried) ? 'unreachable' : 'no_live_upstream';
}
