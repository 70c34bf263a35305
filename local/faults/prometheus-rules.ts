import { files } from '../../monitoring/render/prometheus';
import { signalGroup } from '../supervisor/signal-group';
import { fault } from './fault';

export const prometheusRules = fault({
  name: 'prometheus-rules',
  does: 'gives Prometheus a rule file that is none',
  alerts: ['PrometheusConfigNotLoaded'],
  inject: async (stack) => {
    const { pid } = stack.process('prometheus');
    if (pid === undefined) throw new Error('Prometheus does not run');
    stack.site.write(`prometheus/${files.alertRules}`, 'groups: [\n');
    signalGroup(pid, 'SIGHUP');
    return () => stack.reloadPrometheus();
  },
});
