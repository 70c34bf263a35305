const strangers: readonly unknown[] = [
  null,
  true,
  0,
  -1,
  1e308,
  Number.MAX_SAFE_INTEGER + 1,
  '',
  '\u0000',
  '\ud800',
  '\u202e',
  'x'.repeat(5_000),
  '😀'.repeat(40),
  [],
  {},
  [[[[]]]],
  { __proto__: { polluted: true } },
  { constructor: { prototype: { polluted: true } } },
  '__proto__',
];

/** Breaks a valid value in a random place: replaces, removes, adds or nests something. */
export function damage(value: unknown, random: () => number): unknown {
  const pick = <Item>(list: readonly Item[]): Item => list[Math.floor(random() * list.length)] as Item;
  if (typeof value !== 'object' || value === null || random() < 0.15) return pick(strangers);
  if (Array.isArray(value)) {
    const list = value as unknown[];
    return random() < 0.2
      ? [...list, pick(strangers)]
      : list.map((one) => (random() < 0.5 ? damage(one, random) : one));
  }
  const entries = Object.entries(value);
  const target = pick(entries)?.[0];
  const choice = random();
  if (choice < 0.2) return Object.fromEntries(entries.filter(([key]) => key !== target));
  if (choice < 0.3) return Object.fromEntries([...entries, [String(pick(strangers)), pick(strangers)]]);
  return Object.fromEntries(entries.map(([key, one]) => [key, key === target ? damage(one, random) : one]));
}

/** Breaks the text itself: cuts it, or puts bytes where they do not belong. */
export function garble(text: string, random: () => number): string {
  const at = Math.floor(random() * text.length);
  const choice = random();
  if (choice < 0.3) return text.slice(0, at);
  if (choice < 0.6)
    return text.slice(0, at) + String.fromCharCode(Math.floor(random() * 0xffff)) + text.slice(at + 1);
  if (choice < 0.8) return text + text;
  return '['.repeat(Math.floor(random() * 2_000)) + text;
}
