import { crash } from './crash';
import { fault } from './fault';

export const nginx = fault({
  name: 'nginx',
  does: 'kills nginx, through which everybody comes in',
  alerts: ['NginxDown'],
  inject: crash('nginx'),
});
