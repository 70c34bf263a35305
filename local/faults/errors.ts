import { fault } from './fault';
import { misbehave } from './misbehave';

export const errors = fault({
  name: 'errors',
  does: 'makes every replica fail half of its requests',
  alerts: ['ChatRoomHighErrorRate'],
  needsLoad: true,
  inject: misbehave({ errorRatio: 0.5 }),
});
