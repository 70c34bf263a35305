import type { AlertName } from './rules';

/** How an alert is brought about on a machine that runs the whole chat room, for whoever writes a fault for it. */
export interface Provocation {
  readonly alert: AlertName;
  /** What to do, in terms of the running parts. */
  readonly by: string;
  /** What must be retuned so that it does not take hours. @default - nothing */
  readonly retune?: string;
  /** What undoes it, where stopping is not enough. @default - stopping */
  readonly undo?: string;
}

/** Beside the faults that there are. Each was chosen so that nothing but the part it is about has to be touched. */
export const provocations: readonly Provocation[] = [
  {
    alert: 'PostgreSQLDeadlocks',
    by: 'two sessions that update two rows in opposite order with a pg_sleep(1) between',
  },
  {
    alert: 'PostgreSQLLongTransaction',
    by: 'a session that begins, selects, and stays',
    retune: 'threshold: seconds',
    undo: 'end the session',
  },
  {
    alert: 'PostgreSQLHighRollbackRatio',
    by: 'SELECT 1/0 in a loop in the database of the chat room, more often than it commits',
  },
  { alert: 'PostgreSQLForcedCheckpoints', by: 'CHECKPOINT as a superuser, seven times or more' },
  {
    alert: 'RedisEvictingKeys',
    by: 'CONFIG SET maxmemory-policy allkeys-lru and a low maxmemory, then SET in a loop',
    undo: 'both as they were',
  },
  {
    alert: 'RedisRejectedConnections',
    by: 'CONFIG SET maxclients to what is connected and two more, then five connections for a moment; while none is free the exporter is refused too, and RedisDown is what fires',
    undo: 'CONFIG SET maxclients 10000 on a connection that was kept',
  },
  {
    alert: 'RedisReplicationLagging',
    by: 'a second Redis with --replicaof that is sent SIGSTOP',
    undo: 'SIGCONT',
  },
  { alert: 'RedisReplicaLinkDown', by: 'an exporter on a replica whose master is ended' },
  {
    alert: 'DiskInodesUsage',
    by: 'a loop image made with mkfs.ext4 -N 64, filled with empty files',
    undo: 'unmount it',
  },
  {
    alert: 'FilesystemReadOnly',
    by: 'a loop image, mounted writable for two scrapes and then mount -o remount,ro',
    undo: 'unmount it',
  },
  {
    alert: 'ChatRoomHistorySlow',
    by: 'LOCK TABLE messages IN ACCESS EXCLUSIVE MODE with pg_sleep(1), in a loop, while people enter rooms',
  },
  {
    alert: 'ChatRoomReconnectStorm',
    by: 'clients that connect, say hello and close, more than two a second',
  },
  { alert: 'ChatRoomMessagesFlat', by: 'load that is online and says nothing', retune: 'threshold: users' },
  {
    alert: 'ChatRoomWebhookFailing',
    by: 'a POST to /alerts of the webhook with a wrong token',
  },
  {
    alert: 'ChatRoomDrainStuck',
    by: 'SIGTERM to a replica with CHATROOM_DRAIN_SECONDS of minutes and a client that stays',
    undo: 'close the client',
  },
  {
    alert: 'NodejsProcessRestarting',
    by: 'SIGKILL to a replica three times, each after it has been scraped',
  },
  {
    alert: 'PrometheusConfigNotLoaded',
    by: 'a rule file that is no YAML, and SIGHUP',
    undo: 'the file as it was, and SIGHUP',
  },
  {
    alert: 'AlertmanagerConfigNotLoaded',
    by: 'a configuration that names a receiver that is not there, and SIGHUP',
    undo: 'the file as it was, and SIGHUP',
  },
  {
    alert: 'AlertmanagerNotificationsFailing',
    by: 'ending the mail catcher while anything fires; Slack carries the news',
    undo: 'start it',
  },
  {
    alert: 'AlertmanagerNotificationLogNotKept',
    by: 'a file in place of its data folder, with --data.maintenance-interval of seconds',
    undo: 'the folder',
  },
  {
    alert: 'ChatRoomAvailabilityBudgetBurningFast',
    by: 'the fault "errors", with ChatRoomHighErrorRate left out, for six minutes',
    retune: 'ChatRoomHighErrorRate: false',
  },
];
