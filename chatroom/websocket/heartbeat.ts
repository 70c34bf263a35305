import type { Connection } from './connection';

const slots = 10;

/**
 * Pings every connection once per period and ends those that stayed silent for a whole one. The work is spread
 * over the period, so that thousands of connections do not answer in the same instant.
 */
export class Heartbeat {
  readonly #wheel = Array.from({ length: slots }, () => new Set<Connection>());
  readonly #timer: NodeJS.Timeout;
  #turn = 0;

  constructor(periodSeconds: number) {
    this.#timer = setInterval(() => this.#tick(), (periodSeconds * 1_000) / slots);
  }

  add(connection: Connection): void {
    // The slot just visited, so that the first ping comes after a whole period.
    this.#wheel[(this.#turn + slots - 1) % slots]?.add(connection);
  }

  remove(connection: Connection): void {
    for (const slot of this.#wheel) if (slot.delete(connection)) return;
  }

  close(): void {
    clearInterval(this.#timer);
  }

  #tick(): void {
    const due = this.#wheel[this.#turn] ?? new Set();
    this.#turn = (this.#turn + 1) % slots;
    for (const connection of due) {
      if (connection.alive) {
        connection.alive = false;
        connection.ping();
      } else {
        connection.end('heartbeat_timeout');
      }
    }
  }
}
