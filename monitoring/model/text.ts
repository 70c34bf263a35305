/** The languages in which people are told. */
export const locales = ['zh-CN', 'en'] as const;
export type Locale = (typeof locales)[number];

/** One thing said in every language. Neither is a translation of the other; both are meant to be read. */
export interface Text {
  readonly zh: string;
  readonly en: string;
}

/** What a text says in a language. */
export function inLocale(text: Text, locale: Locale): string {
  return locale === 'zh-CN' ? text.zh : text.en;
}
