import { Construct } from 'constructs';
import type { Exporter as ExporterModel } from '../monitoring/model/exporter';
import { exporterContainer } from './exporter';
import type { NamespaceProps } from './namespaces';
import { Workload } from './workload';

export interface NodeExporterProps {
  /** A namespace of its own, since it cannot comply with `restricted`; see `nodeExporterNamespace`. */
  readonly namespace: string;
  readonly exporter: ExporterModel;
}

/** The namespace it needs, and why. */
export function nodeExporterNamespace(name: string): NamespaceProps {
  return {
    name,
    podSecurity: 'privileged',
    reason:
      'node exporter reads the file systems, processes and network of its node, which needs hostPath, hostPID and hostNetwork; nothing else lives here',
  };
}

/**
 * One node exporter on every node. It sees the node's file systems, processes and network, all read-only, without a
 * capability and without root: that is what it takes to say how full a disk is.
 */
export class NodeExporter extends Construct {
  readonly workload: Workload;

  constructor(scope: Construct, id: string, { namespace, exporter }: NodeExporterProps) {
    super(scope, id);
    const container = exporterContainer(exporter, { address: '' });
    this.workload = new Workload(this, 'exporter', {
      name: exporter.job,
      namespace,
      component: 'exporter',
      kind: 'DaemonSet',
      user: 65534,
      onHost: true,
      services: [{ name: exporter.job, ports: Object.keys(container.ports ?? {}), headless: true }],
      containers: [
        {
          ...container,
          args: [
            ...(container.args ?? []),
            '--path.procfs=/host/proc',
            '--path.sysfs=/host/sys',
            '--path.rootfs=/host/root',
          ],
          mounts: [
            { path: '/host/proc', host: '/proc' },
            { path: '/host/sys', host: '/sys' },
            { path: '/host/root', host: '/' },
          ],
        },
      ],
    });
  }
}
