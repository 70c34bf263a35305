import { fault } from './fault';
import { misbehave } from './misbehave';

export const slow = fault({
  name: 'slow',
  does: 'makes every replica take four seconds longer to answer',
  alerts: ['ChatRoomHighResponseTime'],
  needsLoad: true,
  inject: misbehave({ delaySeconds: 4 }),
});
