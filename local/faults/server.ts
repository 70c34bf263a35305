import { crash } from './crash';
import { fault } from './fault';

export const server = fault({
  name: 'server',
  does: 'kills the second replica of the chat server',
  alerts: ['ChatRoomServerDown'],
  inject: crash('chat-2'),
});
