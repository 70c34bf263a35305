import { fault } from './fault';
import { guests } from './guests';

const listeners = 8;

export const silence = fault({
  name: 'silence',
  does: `lets ${listeners} people in who say nothing, and calls that too quiet`,
  alerts: ['ChatRoomMessagesFlat'],
  needsSilence: true,
  inject: async (stack) => {
    const leave = await guests(stack, 'listener', listeners);
    const restore = await stack.retune({ ChatRoomMessagesFlat: { threshold: listeners } });
    return async () => {
      await leave();
      await restore();
    };
  },
});
