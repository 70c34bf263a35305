import type { WriteStream } from 'node:tty';

/** Says how far the start has come: on one line that changes on a terminal, on a line each in a log. */
export class Progress {
  readonly #out: WriteStream;
  readonly #done: string[] = [];

  constructor(out: WriteStream) {
    this.#out = out;
    if (out.isTTY) out.write('starting …');
  }

  done(title: string): void {
    this.#done.push(title);
    if (this.#out.isTTY) this.#out.write(`\r\u001b[Kstarting … ${this.#done.length} ready, last ${title}`);
    else this.#out.write(`ready: ${title}\n`);
  }

  end(): void {
    if (this.#out.isTTY) this.#out.write('\r\u001b[K');
  }
}
