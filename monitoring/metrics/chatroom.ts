import { counter, gauge, histogram } from '../model/metric';

/**
 * The metric contract of the chat server. The server registers exactly these, rules and panels query exactly
 * these, and a contract test compares both with what a running server exposes.
 */

export const httpRequestsTotal = counter({
  name: 'chatroom_http_requests_total',
  help: 'HTTP requests answered, by method, route template and status code.',
  labels: ['method', 'path', 'status'],
});

export const httpRequestDurationSeconds = histogram({
  name: 'chatroom_http_request_duration_seconds',
  help: 'Time from the arrival of an HTTP request to the end of its response, in seconds.',
  labels: ['method', 'path'],
  // The alert threshold is 2 s: a quantile can only be read on either side of a bound that really exists, and
  // with nothing beyond the last bound every slow request would read as that bound.
  // Most answers take less than a few milliseconds: above the lowest bound nothing is seen of what happens below.
  buckets: [0.0005, 0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2, 3, 5, 10, 30],
});

export const websocketConnectionsActive = gauge({
  name: 'chatroom_websocket_connections_active',
  help: 'WebSocket connections open right now.',
});

export const websocketConnectionsTotal = counter({
  name: 'chatroom_websocket_connections_total',
  help: 'WebSocket connections ever accepted.',
});

/** Why a connection ended; the server creates every child at zero when it starts. */
export const disconnectReasons = [
  'client',
  'slow_client',
  'protocol_error',
  'rate_limited',
  'heartbeat_timeout',
  'drain',
  'error',
] as const;

export const websocketDisconnectionsTotal = counter({
  name: 'chatroom_websocket_disconnections_total',
  help: 'WebSocket connections ended, by reason.',
  labels: ['reason'],
});

export const messagesTotal = counter({
  name: 'chatroom_messages_total',
  help: 'Chat messages accepted from users by this replica.',
});

export const usersOnline = gauge({
  name: 'chatroom_users_online',
  help: 'Distinct users with at least one connection to this replica.',
});

/** Where an exception was caught; the server creates every child at zero when it starts. */
export const exceptionOrigins = ['http', 'websocket', 'postgres', 'redis', 'process'] as const;

export const exceptionsTotal = counter({
  name: 'chatroom_exceptions_total',
  help: 'Exceptions that no handler expected, by where they were caught.',
  labels: ['origin'],
});

/** Every metric of the contract, in the order in which the documentation lists them. */
export const chatroomMetrics = [
  httpRequestsTotal,
  httpRequestDurationSeconds,
  websocketConnectionsActive,
  websocketConnectionsTotal,
  websocketDisconnectionsTotal,
  messagesTotal,
  usersOnline,
  exceptionsTotal,
] as const;
