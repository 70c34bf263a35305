import { receiversOf } from '../model/route';
import type { Service } from '../model/service';
import { heartbeat, onCall, operations, owners } from '../routing/owners';
import type { Check } from './problem';

/**
 * Falling through a routing tree is no error to Alertmanager: the default receiver gets what no route wanted. So
 * who is meant to be told is stated apart from the tree, and compared with what the tree does.
 */
export const reachedReceivers: Check = (catalogue) => {
  const problem = (subject: string, message: string) => ({ check: 'reached-receivers', subject, message });
  const { externalLabels } = catalogue.environment;
  const alerts = catalogue.alerts
    .flatMap((group) => group.alerts)
    .map(({ name, labels }) => ({
      name,
      reached: receiversOf(catalogue.route, { alertname: name, ...labels, ...externalLabels }),
      meant: meantFor(labels['severity'], labels['service'] as Service),
    }));
  const reached = new Set(alerts.flatMap((alert) => alert.reached));
  return [
    ...alerts
      .filter(({ reached, meant }) => reached.join() !== meant.join())
      .map(({ name, reached, meant }) =>
        problem(
          `alert ${name}`,
          `reaches ${reached.join(' and ')}, but is meant for ${meant.join(' and ')}; mend monitoring/routing/tree.ts or owners.ts`,
        ),
      ),
    ...catalogue.receivers
      .filter(({ name }) => !reached.has(name))
      .map(({ name }) =>
        problem(
          `receiver ${name}`,
          'no alert of this environment ever reaches it; give it a route or remove it',
        ),
      ),
    ...catalogue.receivers
      .filter(({ channels }) => channels.length === 0)
      .map(({ name }) => problem(`receiver ${name}`, 'has no channel, so nobody is told; give it one')),
  ];
};

function meantFor(severity: string | undefined, service: Service): readonly string[] {
  if (severity === 'none') return [heartbeat];
  const owner = owners[service];
  if (severity !== 'critical') return [owner];
  return owner === operations ? [onCall] : [onCall, owner];
}
