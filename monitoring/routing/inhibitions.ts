import type { Inhibition } from '../model/route';
import type { AlertName } from '../rules';

/**
 * Causes that mute their consequences, so that a page names what is broken and not everything that hangs on it.
 * `equal` lists the labels that both must share; a label that neither has counts as equal.
 */
export const inhibitions: readonly Inhibition<AlertName>[] = [
  {
    causes: ['PostgreSQLDown'],
    consequences: ['PostgreSQLHighConnections'],
    equal: ['cluster', 'instance'],
  },
  {
    causes: ['RedisDown'],
    consequences: ['RedisHighMemoryUsage'],
    equal: ['cluster', 'instance'],
  },
  // Without its database the chat room fails or waits; the database's own page says so.
  {
    causes: ['PostgreSQLDown'],
    consequences: ['ChatRoomHighErrorRate', 'ChatRoomHighResponseTime'],
    equal: ['cluster'],
  },
  {
    causes: ['ChatRoomHighErrorRate'],
    consequences: ['ChatRoomHighResponseTime'],
    equal: ['cluster', 'job'],
  },
  {
    causes: ['NodeExporterDown'],
    consequences: ['HighCPUUsage', 'HighMemoryUsage', 'DiskSpaceUsage'],
    equal: ['cluster', 'instance'],
  },
];
