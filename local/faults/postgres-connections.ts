import { Client } from 'pg';
import { chatroomRole, database, maxConnections } from '../components/postgresql';
import { fault } from './fault';

/** Over 80 % of what ordinary roles may have, with enough left for the chat room itself. */
const held = Math.ceil(maxConnections * 0.82);

export const postgresConnections = fault({
  name: 'postgres-connections',
  does: `holds ${held} of the ${maxConnections} connections of PostgreSQL`,
  alerts: ['PostgreSQLHighConnections'],
  inject: async ({ site, defer }) => {
    const clients = Array.from({ length: held }, () => {
      const client = new Client({
        host: '127.0.0.1',
        port: site.ports.postgresql,
        user: chatroomRole,
        password: site.secrets.read('postgres-chatroom'),
        database,
      });
      return client.on('error', () => undefined); // when the server goes, so do its connections
    });
    const release = async (): Promise<void> => {
      await Promise.allSettled(clients.splice(0).map((client) => client.end()));
    };
    defer(release);
    await Promise.all(clients.map((client) => client.connect()));
    return release;
  },
});
