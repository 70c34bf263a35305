import { answers } from '../supervisor/probes';
import { component } from './component';
import { ourOwn } from './our-own';

export const slack = component({
  name: 'slack',
  title: 'Slack stand-in',
  ports: ['slack'],
  command: (site) => ourOwn('local/stand-ins/slack.ts', { PORT: String(site.ports.slack) }),
  ready: (site) => answers(site.url('slack', '/messages')),
  look: (site) => site.url('slack'),
});
