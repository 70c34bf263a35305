import { readFileSync } from 'node:fs';
import { stringify } from 'yaml';
import { files } from '../../monitoring/render/prometheus';
import { signalGroup } from '../supervisor/signal-group';
import { fault } from './fault';

export const alertmanagerRoutes = fault({
  name: 'alertmanager-routes',
  does: 'gives Alertmanager routes to a receiver that is not there',
  alerts: ['AlertmanagerConfigNotLoaded'],
  inject: async (stack) => {
    const { site } = stack;
    const file = `alertmanager/${files.alertmanager}`;
    const sound = readFileSync(site.path(file), 'utf8');
    const load = (text: string): void => {
      site.write(file, text);
      const { pid } = stack.process('alertmanager');
      if (pid === undefined) throw new Error('Alertmanager does not run');
      signalGroup(pid, 'SIGHUP');
    };
    load(stringify({ route: { receiver: 'nobody' }, receivers: [] }));
    return async () => load(sound);
  },
});
