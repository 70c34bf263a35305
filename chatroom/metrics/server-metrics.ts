import { getHeapStatistics } from 'node:v8';
import { collectDefaultMetrics, Registry } from 'prom-client';
import * as contract from '../../monitoring/metrics/chatroom';
import * as delivery from '../../monitoring/metrics/chatroom-delivery';
import * as life from '../../monitoring/metrics/chatroom-process';
import type { CountException } from '../exceptions';
import type { DisconnectReason } from '../websocket/connection';
import { counterOf, gaugeOf, histogramOf } from './instrument';

/** Why a message was not accepted. */
export type MessageRefusal = (typeof delivery.messageRefusals)[number];

/** A route, and every status with which it may answer. */
export interface KnownRoute {
  readonly method: string;
  readonly path: string;
  readonly statuses: readonly number[];
}

/** The path label of requests that no route answers; their real paths are whatever a scanner makes up. */
export const unmatchedPath = 'unmatched';

const knownMethods = new Set(['GET', 'HEAD', 'POST', 'PUT', 'PATCH', 'DELETE', 'OPTIONS']);

/** The metrics of the chat server: exactly the contract, and what prom-client knows of the process. */
export class ServerMetrics {
  readonly registry = new Registry();
  readonly #requests = counterOf(this.registry, contract.httpRequestsTotal);
  readonly #durations = histogramOf(this.registry, contract.httpRequestDurationSeconds);
  readonly #active = gaugeOf(this.registry, contract.websocketConnectionsActive);
  readonly #opened = counterOf(this.registry, contract.websocketConnectionsTotal);
  readonly #closed = counterOf(this.registry, contract.websocketDisconnectionsTotal);
  readonly #messages = counterOf(this.registry, contract.messagesTotal);
  readonly #online = gaugeOf(this.registry, contract.usersOnline);
  readonly #exceptions = counterOf(this.registry, contract.exceptionsTotal);
  readonly #delivery = histogramOf(this.registry, delivery.messageDeliverySeconds);
  readonly #refused = counterOf(this.registry, delivery.messagesRefusedTotal);
  readonly #fanoutLag = histogramOf(this.registry, delivery.fanoutLagSeconds);
  readonly #history = histogramOf(this.registry, delivery.historyQueryDurationSeconds);
  readonly #ready = gaugeOf(this.registry, life.ready);
  readonly #draining = gaugeOf(this.registry, life.draining);
  #overdue: () => number = () => 0;
  readonly #connectionsOf = new Map<string, number>();

  constructor(routes: readonly KnownRoute[]) {
    collectDefaultMetrics({ register: this.registry });
    // A series that is born with its first error has no rate: the first error would be invisible.
    for (const { method, path, statuses } of [...routes, unmatched]) {
      for (const status of statuses) this.#requests.inc({ method, path, status: String(status) }, 0);
      this.#durations.zero({ method, path });
    }
    for (const reason of contract.disconnectReasons) this.#closed.inc({ reason }, 0);
    for (const origin of contract.exceptionOrigins) this.#exceptions.inc({ origin }, 0);
    for (const reason of delivery.messageRefusals) this.#refused.inc({ reason }, 0);
    this.#ready.set(0);
    this.#draining.set(0);
    gaugeOf(this.registry, life.drainOverdueConnections, () => this.#overdue());
    gaugeOf(this.registry, life.heapLimitBytes).set(getHeapStatistics().heap_size_limit);
  }

  request(method: string, path: string, status: number, seconds: number): void {
    // Node accepts some forty methods; each would be a series.
    const known = knownMethods.has(method) ? method : 'OTHER';
    this.#requests.inc({ method: known, path, status: String(status) });
    this.#durations.observe({ method: known, path }, seconds);
  }

  opened(): void {
    this.#opened.inc();
    this.#active.inc();
  }

  introduced(name: string): void {
    this.#connectionsOf.set(name, (this.#connectionsOf.get(name) ?? 0) + 1);
    this.#online.set(this.#connectionsOf.size);
  }

  closed(name: string, reason: DisconnectReason): void {
    this.#closed.inc({ reason });
    this.#active.dec();
    if (name === '') return;
    const connections = (this.#connectionsOf.get(name) ?? 1) - 1;
    if (connections > 0) this.#connectionsOf.set(name, connections);
    else this.#connectionsOf.delete(name);
    this.#online.set(this.#connectionsOf.size);
  }

  /** Seconds from the acceptance of a message to its writing to sockets. */
  readonly delivered = (seconds: number): void => this.#delivery.observe(seconds);

  /** Seconds from the publishing by another replica to the arrival here. */
  readonly relayed = (seconds: number): void => this.#fanoutLag.observe(seconds);

  /** Measures how long a reading of history takes, whether or not it succeeds. */
  async timedHistory<Result>(read: () => Promise<Result>): Promise<Result> {
    const stop = this.#history.startTimer();
    try {
      return await read();
    } finally {
      stop();
    }
  }

  /** Whether the process is of use, as it was found last. */
  readonly readiness = (ready: boolean): void => this.#ready.set(ready ? 1 : 0);

  /**
   * Whoever drains is of no use to anybody new.
   *
   * @param overdue - connections that should have gone elsewhere by now
   */
  drains(overdue: () => number): void {
    this.#ready.set(0);
    this.#draining.set(1);
    this.#overdue = overdue;
  }

  readonly message = (): void => this.#messages.inc();

  /** One message that a user could not send. */
  readonly refused = (reason: MessageRefusal): void => this.#refused.inc({ reason });

  readonly exception: CountException = (origin) => this.#exceptions.inc({ origin });
}

const unmatched: KnownRoute = { method: 'GET', path: unmatchedPath, statuses: [404, 500] };
