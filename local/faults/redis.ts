import { crash } from './crash';
import { fault } from './fault';

export const redis = fault({
  name: 'redis',
  does: 'kills Redis',
  alerts: ['RedisDown'],
  inject: crash('redis'),
});
