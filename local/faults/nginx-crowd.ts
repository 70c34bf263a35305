import { clientsPerGateway } from '../../monitoring/gateway';
import { fault } from './fault';
import { idleConnections } from './idle-connections';

const crowd = Math.ceil(0.85 * clientsPerGateway);

export const nginxCrowd = fault({
  name: 'nginx-crowd',
  does: `opens ${crowd.toLocaleString('en')} connections to nginx, and says nothing on them`,
  alerts: ['NginxConnectionsNearLimit'],
  inject: (stack) => idleConnections(stack, stack.site.ports.chatroom, (held) => crowd - held),
});
