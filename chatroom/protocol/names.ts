import { z } from 'zod';

/** The room into which alerts are posted; people read it as #ops. */
export const opsRoom = 'ops';

/** The author of alert messages. */
export const alertAuthor = 'alertmanager';

/** Names that look official; nobody may chat under them, in whatever case, width or decoration. */
const reservedNames = new Set([
  alertAuthor,
  'alert',
  'alerts',
  'system',
  'server',
  'chatroom',
  'admin',
  'bot',
]);

// Letters that exist in two alphabets and look the same in most fonts, folded to Latin so that a Cyrillic
// "аlertmаnаger" is recognised. Not exhaustive: what a client must trust is `kind`, which only the server sets.
const lookalikes: Readonly<Record<string, string>> = Object.fromEntries(
  [
    'аa',
    'еe',
    'оo',
    'рp',
    'сc',
    'хx',
    'уy',
    'кk',
    'мm',
    'тt',
    'вb',
    'нh',
    'іi',
    'ѕs',
    'јj',
    'ԁd',
    'ɡg',
    'αa',
    'οo',
    'ρp',
    'ιi',
    'νv',
    'τt',
    'ｌl',
    '0o',
    '1l',
    '3e',
    '5s',
    '@a',
    '$s',
  ].map((pair) => [...pair] as [string, string]),
);

/** What is left of a name when everything that can disguise it is taken away. */
export function skeleton(name: string): string {
  return [...name.normalize('NFKD').toLowerCase()]
    .map((letter) => lookalikes[letter] ?? letter)
    .join('')
    .replace(/[^\p{L}\p{N}]/gu, '');
}

const wellFormed = z.string().transform((value) => value.toWellFormed());

/** 1 to 32 characters, letters of any script; no control, invisible or direction-changing characters. */
export const userName = wellFormed
  .transform((value) => value.normalize('NFC').trim())
  .refine((value) => [...value].length >= 1 && [...value].length <= 32, 'must have 1 to 32 characters')
  .refine(
    (value) => /^[\p{L}\p{M}\p{N}\p{P}\p{S} ]+$/u.test(value),
    'may hold letters, digits, marks, punctuation, symbols and spaces only',
  )
  .refine(
    (value) => !reservedNames.has(skeleton(value)),
    'is reserved, or looks like a name that is; choose another',
  );

/** The one spelling of a room's name: #Ops and #ＯＰＳ are #ops. */
export const foldRoom = (name: string): string => name.normalize('NFKC').toLowerCase();

/** 1 to 40 letters or digits of any script, `-` and `_`. */
export const roomName = wellFormed
  .transform(foldRoom)
  .refine(
    (value) => /^[\p{L}\p{N}][\p{L}\p{M}\p{N}_-]{0,39}$/u.test(value),
    'must be 1 to 40 letters, digits, "-" or "_", and start with a letter or digit',
  );

/** Chosen by the client, once per message; the same id again means the same message again. */
export const messageId = z
  .string()
  .regex(/^[A-Za-z0-9_-]{1,64}$/, 'must be 1 to 64 of A-Z, a-z, 0-9, "-" and "_" (a UUID fits)');

export const maxTextLength = 2_000;

export const messageText = wellFormed
  .refine((value) => value.length <= maxTextLength, `must have at most ${maxTextLength} characters`)
  .refine((value) => value.trim().length > 0, 'must not be empty')
  // PostgreSQL cannot store NUL, and no other control character but line feed and tab means anything in a chat.
  // eslint-disable-next-line no-control-regex
  .refine((value) => !/[\u0000-\u0008\u000b-\u001f\u007f]/.test(value), 'must not hold control characters');
