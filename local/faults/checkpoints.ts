import { withAdmin } from '../components/postgresql';
import { fault } from './fault';
import { repeat } from './repeat';

export const checkpoints = fault({
  name: 'checkpoints',
  does: 'forces PostgreSQL into one checkpoint after the other',
  alerts: ['PostgreSQLForcedCheckpoints'],
  inject: async (stack) =>
    repeat(stack, 1_500, () => withAdmin(stack.site, (admin) => admin.query('checkpoint'))),
});
