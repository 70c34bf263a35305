import type { Site } from '../local/site';
import { inboxes, type Notice } from './notices';
import type { Note } from './note';

/** Notes every message once that has reached people, however often it looks. */
export class Postbox {
  readonly #site: Site;
  readonly #note: Note;
  readonly #seen = new Map<string, number>();
  readonly #notices: (Omit<Notice, 'at'> & { readonly at: number })[] = [];

  constructor(site: Site, note: Note) {
    this.#site = site;
    this.#note = note;
  }

  /** Everything that has been found so far; `at` in milliseconds of the epoch. */
  get notices(): readonly (Omit<Notice, 'at'> & { readonly at: number })[] {
    return this.#notices;
  }

  /** Looks into every inbox; one that does not answer, because it is what was broken, is looked into next time. */
  async look(): Promise<void> {
    const found = await Promise.all(inboxes.map((inbox) => inbox.read(this.#site).catch(() => [])));
    for (const notices of found) {
      const counts = new Map<string, number>();
      for (const { to, at, ...said } of notices) {
        // Two alike in the same millisecond are two.
        const key = JSON.stringify([to, at, said.text]);
        const count = (counts.get(key) ?? 0) + 1;
        counts.set(key, count);
        if (count <= (this.#seen.get(key) ?? 0)) continue;
        this.#seen.set(key, count);
        this.#notices.push({ to, at: at.getTime(), ...said });
        this.#note({ kind: 'notice', to, ...said }, at);
      }
    }
  }
}
