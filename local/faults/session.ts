import { Client } from 'pg';
import { chatroomRole, database } from '../components/postgresql';
import type { Stack } from '../stack';

/** A session in the database of the chat room, in its own role; it ends with the stack at the latest. */
export function chatroomSession({ site, defer }: Stack): Client {
  const client = new Client({
    host: '127.0.0.1',
    port: site.ports.postgresql,
    user: chatroomRole,
    password: site.secrets.read('postgres-chatroom'),
    database,
    application_name: 'rehearsal',
  });
  client.on('error', () => undefined); // when the server goes, so do its sessions
  defer(() => client.end());
  return client;
}
