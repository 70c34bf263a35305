import { alertAuthor, opsRoom } from '../protocol/names';
import type { Postgres } from '../storage/postgres';
import { alertId, idPrefix } from './alert-draft';
import type { Alert } from './notification';

/** Which of some alerts #ops was told of when they fired, and not yet that they are over; in the same order. */
export type ReadAnnounced = (alerts: readonly Alert[]) => Promise<readonly boolean[]>;

// Ids are fixed-length hexadecimal digits, which every collation sorts alike: `g` comes after all that follow a prefix.
const latest = (prefix: string) => `
  coalesce((
    SELECT max(seq) FROM messages
    WHERE room = $2 AND author = $3 AND client_id >= ${prefix} AND client_id < ${prefix} || 'g'
  ), 0)`;

/**
 * Either the very firing is in the room, or what the room was last told of the alert is that it fires. The second is
 * for an alert that came back before anybody was told that it had gone, which Alertmanager mentions only when it is
 * over, and for replicas of Prometheus that disagree since when it fires.
 */
const announced = `
  SELECT a.ord FROM json_to_recordset($1::json) AS a (ord int, id text, firing text, resolved text)
  WHERE EXISTS (SELECT FROM messages WHERE (room, author, client_id) = ($2, $3, a.id))
    OR ${latest('a.firing')} > ${latest('a.resolved')}`;

/** @throws StorageUnavailable */
export function readAnnounced(postgres: Postgres): ReadAnnounced {
  return async (alerts) => {
    if (alerts.length === 0) return [];
    const asked = alerts.map((alert, ord) => ({
      ord,
      id: alertId(alert, 'firing'),
      firing: idPrefix(alert.fingerprint, 'firing'),
      resolved: idPrefix(alert.fingerprint, 'resolved'),
    }));
    const rows = await postgres.query<{ readonly ord: number }>('read-announced', announced, [
      JSON.stringify(asked),
      opsRoom,
      alertAuthor,
    ]);
    const known = new Set(rows.map(({ ord }) => ord));
    return alerts.map((_alert, ord) => known.has(ord));
  };
}
