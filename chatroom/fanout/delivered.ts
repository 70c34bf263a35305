import { rememberedMessages } from '../storage/message-reader';

/**
 * Remembers which messages were delivered lately, so that catching up repeats none. Forgetting is safe: clients
 * recognise a repeated `seq`.
 */
export class Delivered {
  readonly #seqs = new Set<number>();
  /**
   * The same numbers in a ring, the oldest where the next goes. A Set would tell its oldest, too, but V8 walks past
   * everything that was deleted before it, which in time takes longer than everything else about a message.
   */
  readonly #ring: number[] = [];
  readonly #capacity: number;
  #next = 0;

  constructor(capacity = rememberedMessages) {
    this.#capacity = capacity;
  }

  has(seq: number): boolean {
    return this.#seqs.has(seq);
  }

  add(seq: number): void {
    if (this.#seqs.has(seq)) return;
    const oldest = this.#ring[this.#next];
    if (oldest !== undefined) this.#seqs.delete(oldest);
    this.#ring[this.#next] = seq;
    this.#next = (this.#next + 1) % this.#capacity;
    this.#seqs.add(seq);
  }
}
