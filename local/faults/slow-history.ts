import { fault } from './fault';
import { lockedMessages } from './locked-messages';

export const slowHistory = fault({
  name: 'slow-history',
  does: 'locks the messages in PostgreSQL for most of every second',
  alerts: ['ChatRoomHistorySlow'],
  needsLoad: true,
  // Short of two seconds, beyond which the requests of the page are what is slow.
  inject: (stack) => lockedMessages(stack, { mode: 'access exclusive', seconds: 0.9 }),
});
