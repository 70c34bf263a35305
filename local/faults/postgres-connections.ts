import { maxConnections } from '../components/postgresql';
import { fault } from './fault';
import { chatroomSession } from './session';

/** Over 80 % of what ordinary roles may have, with enough left for the chat room itself. */
const held = Math.ceil(maxConnections * 0.82);

export const postgresConnections = fault({
  name: 'postgres-connections',
  does: `holds ${held} of the ${maxConnections} connections of PostgreSQL`,
  alerts: ['PostgreSQLHighConnections'],
  inject: async (stack) => {
    const sessions = Array.from({ length: held }, () => chatroomSession(stack));
    await Promise.all(sessions.map((session) => session.connect()));
    return async () => {
      await Promise.allSettled(sessions.map((session) => session.end()));
    };
  },
});
