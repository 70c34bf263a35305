import { fault } from './fault';
import { idleConnections } from './idle-connections';

const leaked = 700;

export const handles = fault({
  name: 'handles',
  does: `opens ${leaked} connections to the first replica that nobody closes`,
  alerts: ['NodejsHandlesGrowing'],
  inject: (stack) => idleConnections(stack, stack.site.ports['chat-1'], (held) => leaked - held),
});
