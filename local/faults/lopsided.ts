import { fault } from './fault';
import { guests } from './guests';

const crowd = 240;

export const lopsided = fault({
  name: 'lopsided',
  does: `lets ${crowd} more people in, and all of them at the first replica`,
  alerts: ['ChatRoomReplicaOverloaded'],
  inject: async (stack) => {
    // They come and go quickly, which is not what this is about.
    const restore = await stack.retune({ ChatRoomReconnectStorm: false });
    const leave = await guests(stack, 'neighbour', crowd, { at: 'chat-1', apartMilliseconds: 10 });
    return async () => {
      await leave();
      await restore();
    };
  },
});
