import { crash } from './crash';
import { fault } from './fault';

export const postgres = fault({
  name: 'postgres',
  does: 'crashes PostgreSQL',
  alerts: ['PostgreSQLDown'],
  muted: ['ChatRoomHighErrorRate'],
  inject: crash('postgresql'),
});
