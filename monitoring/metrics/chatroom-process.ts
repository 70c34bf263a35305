import { gauge } from '../model/metric';

/** What the chat server says about its own life: the part of its contract that prom-client does not know. */

export const ready = gauge({
  name: 'chatroom_ready',
  help: '1 while this replica would say on /readyz that it is of use, else 0.',
});

export const draining = gauge({
  name: 'chatroom_draining',
  help: '1 while this replica sends its clients elsewhere before it ends, else 0.',
});

export const drainOverdueConnections = gauge({
  name: 'chatroom_drain_overdue_connections',
  help: 'Connections that are still open although the time in which their clients were to go elsewhere is over; 0 unless this replica drains.',
});

export const heapLimitBytes = gauge({
  name: 'chatroom_heap_limit_bytes',
  help: 'Heap size at which the process is ended by its own garbage collector.',
});

export const chatroomProcessMetrics = [ready, draining, drainOverdueConnections, heapLimitBytes] as const;
