import { createHash, timingSafeEqual } from 'node:crypto';

const digest = (text: string): Buffer => createHash('sha256').update(text).digest();

/** Whether an Authorization header carries the token; how long the answer takes says nothing about the token. */
export function carriesToken(authorization: string | undefined, token: string): boolean {
  const given = /^bearer +(.*)$/i.exec(authorization ?? '')?.[1] ?? '';
  // Digests have equal lengths, which timingSafeEqual needs and which hides the token's own.
  return timingSafeEqual(digest(given), digest(token));
}
