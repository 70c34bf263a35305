import { rmSync } from 'node:fs';
import { stringify } from 'yaml';
import { alertmanagerFlags, compressedAlertmanager, type Compression } from '../compress';
import type { Documents } from '../documents';
import { relocatedAlertmanager, type Whereabouts } from '../relocate';
import type { Site } from '../site';
import { answers } from '../supervisor/probes';
import { tellingAlerts } from '../told-alerts';
import { files } from '../../monitoring/render/prometheus';
import { component, type Component } from './component';

export function writeAlertmanager(
  site: Site,
  { alertmanager: config }: Documents,
  where: Whereabouts,
  compression: Compression,
): void {
  const local = tellingAlerts(relocatedAlertmanager(config, where));
  const document = compressedAlertmanager(local, compression);
  site.write(`alertmanager/${files.alertmanager}`, stringify(document, { lineWidth: 0 }));
}

export function alertmanagerComponent(compression: Compression): Component<'alertmanager'> {
  return component({
    name: 'alertmanager',
    title: 'Alertmanager',
    ports: ['alertmanager'],
    after: ['mail', 'slack', 'dead-mans-switch'],
    command: (site) => ({
      program: site.program('alertmanager'),
      args: [
        `--config.file=${site.path('alertmanager', files.alertmanager)}`,
        `--storage.path=${site.path('alertmanager', 'data')}`,
        `--web.listen-address=127.0.0.1:${site.ports.alertmanager}`,
        `--web.external-url=${site.url('alertmanager')}`,
        '--cluster.listen-address=',
        ...alertmanagerFlags(compression),
        '--log.level=warn',
      ],
    }),
    ready: (site) => answers(site.url('alertmanager', '/-/ready')),
    look: (site) => site.url('alertmanager', '/api/v2/alerts'),
  });
}

/**
 * What Alertmanager remembers of its last run is whom it has told already, and for as long as a repeat interval
 * it would not tell them again: somebody who breaks the same thing twice would wait for a page in vain.
 */
export function forgetNotifications(site: Site): void {
  rmSync(site.path('alertmanager', 'data'), { recursive: true, force: true });
}
