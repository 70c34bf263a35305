const sign = '~'.charCodeAt(0);
const digits = 8;

/** How a message is recognised on arrival without parsing anything: a sign that occurs nowhere else, and a number. */
export function marked(index: number): string {
  return `~${String(index).padStart(digits, '0')}`;
}

/** The numbers of all messages in a frame, in their order. */
export function marks(payload: Buffer): number[] {
  const found: number[] = [];
  for (let at = payload.indexOf(sign); at !== -1; at = payload.indexOf(sign, at + digits)) {
    let index = 0;
    for (let digit = 1; digit <= digits; digit += 1) index = index * 10 + (payload[at + digit] ?? 0) - 48;
    found.push(index);
  }
  return found;
}
