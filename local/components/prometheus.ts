import { stringify } from 'yaml';
import { compressedPrometheus, compressedRules, prometheusFlags, type Compression } from '../compress';
import type { Documents } from '../documents';
import { relocatedPrometheus, relocatedRules, type Whereabouts } from '../relocate';
import type { Site } from '../site';
import { answers } from '../supervisor/probes';
import { files } from '../../monitoring/render/prometheus';
import { component, type Component } from './component';

/** Writes what Prometheus reads; a running one takes it over on SIGHUP. */
export function writePrometheus(
  site: Site,
  { prometheus, alertRules, recordingRules }: Documents,
  where: Whereabouts,
  compression: Compression,
): void {
  const write = (name: string, document: unknown): string =>
    site.write(`prometheus/${name}`, stringify(document, { lineWidth: 0 }));
  write(files.prometheus, compressedPrometheus(relocatedPrometheus(prometheus, where), compression));
  write(files.alertRules, compressedRules(relocatedRules(alertRules, where), compression));
  write(files.recordingRules, compressedRules(recordingRules, compression));
}

export function prometheusComponent(compression: Compression): Component<'prometheus'> {
  return component({
    name: 'prometheus',
    title: 'Prometheus',
    ports: ['prometheus'],
    // Last in, first out: a target that is only starting or stopping is nothing to tell people about.
    after: [
      ...['chat-1', 'chat-2', 'webhook', 'nginx', 'alertmanager'],
      ...['node-exporter', 'postgres-exporter', 'redis-exporter', 'nginx-exporter', 'nginx-log-exporter'],
    ],
    command: (site) => ({
      program: site.program('prometheus'),
      args: [
        `--config.file=${site.path('prometheus', files.prometheus)}`,
        `--storage.tsdb.path=${site.path('prometheus', 'data')}`,
        '--storage.tsdb.retention.time=15d',
        `--web.listen-address=127.0.0.1:${site.ports.prometheus}`,
        `--web.external-url=${site.url('prometheus')}`,
        ...prometheusFlags(compression),
        '--log.level=warn',
      ],
    }),
    ready: (site) => answers(site.url('prometheus', '/-/ready')),
    look: (site) => site.url('prometheus', '/alerts'),
  });
}
