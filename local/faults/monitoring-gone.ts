import { crash } from './crash';
import { fault } from './fault';

export const alertmanager = fault({
  name: 'alertmanager',
  does: 'kills Alertmanager, without which nobody is told of anything',
  alerts: ['AlertmanagerDown'],
  silences: true,
  inject: crash('alertmanager'),
});

export const prometheus = fault({
  name: 'prometheus',
  does: 'kills Prometheus, without which nobody notices anything',
  alerts: [],
  silences: true,
  inject: crash('prometheus'),
});
