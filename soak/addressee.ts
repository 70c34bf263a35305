import { compressedDuration, durationInMilliseconds, type Compression } from '../local/compress';
import { standaloneEnvironment } from '../local/documents';
import { deliveriesTo, type Delivery } from '../local/expectation';
import type { Catalogue } from '../monitoring/catalogue';
import type { Route } from '../monitoring/model/route';
import type { ReceiverName } from '../monitoring/routing/receivers';

const { chatroomWebhook } = standaloneEnvironment.notifications;

/** Whom a delivery reaches, as notices name them. Of the webhooks only that of the chat room reaches people. */
export const addresseeOf = ({ kind, address }: Delivery): string =>
  address === chatroomWebhook.url ? 'webhook #ops' : `${kind} ${address}`;

/** Alertmanager's own default */
const defaultRepeat = '4h';

/** After how many milliseconds somebody is rightly told again what has not changed: the soonest by which a route does. */
export function repeatIntervals(catalogue: Catalogue, compression: Compression): (to: string) => number {
  const intervals = new Map<string, number>();
  const walk = (route: Route<ReceiverName>, inherited: string): void => {
    const own = route.repeatInterval ?? inherited;
    const milliseconds = durationInMilliseconds(compressedDuration(own, compression));
    for (const to of deliveriesTo(catalogue, route.receiver).map(addresseeOf)) {
      intervals.set(to, Math.min(milliseconds, intervals.get(to) ?? Infinity));
    }
    for (const child of route.routes ?? []) walk(child, own);
  };
  walk(catalogue.route, defaultRepeat);
  // Nothing is rightly said again to whom no route leads.
  return (to) => intervals.get(to) ?? Infinity;
}
