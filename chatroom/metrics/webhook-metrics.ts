import { collectDefaultMetrics, Registry } from 'prom-client';
import * as contract from '../../monitoring/metrics/chatroom-webhook';
import type { CountException } from '../exceptions';
import { counterOf, histogramOf } from './instrument';

export type NotificationResult = (typeof contract.notificationResults)[number];
export type AlertStatus = (typeof contract.alertStatuses)[number];

/** The metrics of the webhook: exactly its contract, and what prom-client knows of the process. */
export class WebhookMetrics {
  readonly registry = new Registry();
  readonly #notifications = counterOf(this.registry, contract.webhookNotificationsTotal);
  readonly #posted = counterOf(this.registry, contract.webhookAlertsPostedTotal);
  readonly #repeated = counterOf(this.registry, contract.webhookAlertsRepeatedTotal);
  readonly #rejected = counterOf(this.registry, contract.webhookAlertsRejectedTotal);
  readonly #truncated = counterOf(this.registry, contract.webhookAlertsTruncatedTotal);
  readonly #durations = histogramOf(this.registry, contract.webhookNotificationDurationSeconds);
  readonly #exceptions = counterOf(this.registry, contract.webhookExceptionsTotal);

  constructor() {
    collectDefaultMetrics({ register: this.registry });
    for (const result of contract.notificationResults) this.#notifications.inc({ result }, 0);
    for (const origin of contract.webhookExceptionOrigins) this.#exceptions.inc({ origin }, 0);
    for (const status of contract.alertStatuses) {
      this.#posted.inc({ status }, 0);
      this.#repeated.inc({ status }, 0);
    }
  }

  notification(result: NotificationResult, seconds: number): void {
    this.#notifications.inc({ result });
    this.#durations.observe(seconds);
  }

  alert(status: AlertStatus, fresh: boolean): void {
    (fresh ? this.#posted : this.#repeated).inc({ status });
  }

  leftOut(counts: { readonly rejected: number; readonly truncated: number }): void {
    this.#rejected.inc(counts.rejected);
    this.#truncated.inc(counts.truncated);
  }

  readonly exception: CountException = (origin) => this.#exceptions.inc({ origin });
}
