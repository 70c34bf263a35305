/**
 * Remembers which messages were delivered lately, so that catching up repeats none. Forgetting is safe: clients
 * recognise a repeated `seq`.
 */
export class Delivered {
  readonly #seqs = new Set<number>();
  readonly #capacity: number;

  constructor(capacity = 20_000) {
    this.#capacity = capacity;
  }

  has(seq: number): boolean {
    return this.#seqs.has(seq);
  }

  add(seq: number): void {
    this.#seqs.add(seq);
    if (this.#seqs.size > this.#capacity) {
      // A Set iterates in the order of insertion: the first is the oldest.
      for (const oldest of this.#seqs) {
        this.#seqs.delete(oldest);
        break;
      }
    }
  }
}
