import { clientFrame, type ClientFrame } from './frames';

export type ParsedFrame =
  | { readonly ok: true; readonly frame: ClientFrame }
  | { readonly ok: false; readonly problem: string; readonly room?: string; readonly id?: string };

const shortString = (value: unknown): string | undefined =>
  typeof value === 'string' && value.length <= 64 ? value.toWellFormed() : undefined;

/** Turns what arrived into a frame, or says what is wrong with it. Never throws, whatever arrives. */
export function parseFrame(text: string): ParsedFrame {
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch {
    return { ok: false, problem: 'not JSON' };
  }
  const parsed = clientFrame.safeParse(value);
  if (parsed.success) return { ok: true, frame: parsed.data };
  const issue = parsed.error.issues[0];
  const field = issue?.path.join('.') || 'frame';
  // The sender recognises its frame by these, so that a message refused for its text can be told from others.
  const { room, id } = (typeof value === 'object' && value !== null ? value : {}) as Record<string, unknown>;
  return {
    ok: false,
    problem: `${field}: ${issue?.message ?? 'invalid'}`.slice(0, 300),
    room: shortString(room),
    id: shortString(id),
  };
}
