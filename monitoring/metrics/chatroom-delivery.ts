import { counter, histogram } from '../model/metric';

/** How long a message is on its way: the part of the chat server's contract that users feel as "live". */

// Half a second is what is promised: a share can only be read at a bound that really exists. Healthy messages take less
// than a few milliseconds, and what happens below the lowest bound is not seen.
const bounds = [0.0005, 0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10, 30];

/** Observed once for each broadcast of a replica, not once for each of its clients: the cost must not grow with them. */
export const messageDeliverySeconds = histogram({
  name: 'chatroom_message_delivery_seconds',
  help: 'Time from the moment a message was accepted to its writing to the sockets of the members on this replica, in seconds.',
  buckets: bounds,
});

/** Why a message was refused when that is a fault of the service; the others are mistakes of who sent it. */
export const refusalsOfService = ['unavailable', 'overloaded', 'internal'] as const;

/** Why a message was refused, in the words of the protocol; the server creates every child at zero when it starts. */
export const messageRefusals = [
  ...refusalsOfService,
  'rate_limited',
  'hello_required',
  'not_joined',
] as const;

/** A client that sends a message again is refused again: these are attempts. */
export const messagesRefusedTotal = counter({
  name: 'chatroom_messages_refused_total',
  help: 'Attempts of users to send a chat message that this replica refused, by the code of the error.',
  labels: ['reason'],
});

export const fanoutLagSeconds = histogram({
  name: 'chatroom_fanout_lag_seconds',
  help: 'Time from the publishing of messages by another replica to their arrival at this one, in seconds.',
  buckets: bounds,
});

export const historyQueryDurationSeconds = histogram({
  name: 'chatroom_history_query_duration_seconds',
  help: 'Time that reading the history of a room from PostgreSQL took, in seconds.',
  buckets: [0.0005, 0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10],
});

export const chatroomDeliveryMetrics = [
  messageDeliverySeconds,
  messagesRefusedTotal,
  fanoutLagSeconds,
  historyQueryDurationSeconds,
] as const;
