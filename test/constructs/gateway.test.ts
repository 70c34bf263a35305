import { App } from 'cdk8s';
import { ChatRoomCharts } from '../../constructs/chatroom-charts';
import { ofKind, type Manifest, type PodSpec, type WorkloadSpec } from '../../constructs/checks/manifest';
import { dev } from '../../constructs/environments/dev';
import { clientsPerGateway } from '../../monitoring/gateway';
import { only } from './objects';

type Container = PodSpec['containers'][number] & {
  readonly env?: readonly { readonly name: string; readonly value?: string }[];
};

function objectsWith(environment: typeof dev): readonly Manifest[] {
  const app = new App();
  new ChatRoomCharts(app, environment);
  return app.charts.flatMap((chart) => chart.toJson() as Manifest[]);
}

const objects = objectsWith(dev);
const podOf = (all: readonly Manifest[]) =>
  only<WorkloadSpec>(all, 'Deployment', 'nginx').spec.template.spec as Omit<PodSpec, 'initContainers'> & {
    readonly terminationGracePeriodSeconds: number;
    readonly initContainers: readonly (Container & { readonly restartPolicy?: string })[];
  };
const containersOf = (all: readonly Manifest[]) =>
  [...podOf(all).containers, ...podOf(all).initContainers] as readonly Container[];
const named = (name: string, all = objects) => {
  const found = containersOf(all).find((container) => container.name === name);
  if (!found) throw new Error(`the pods of nginx have no container ${name}`);
  return found;
};
const configuration = (
  ofKind(objects, 'ConfigMap').find(({ metadata }) => metadata.name === 'nginx')?.['data'] as Record<
    string,
    string
  >
)['nginx.conf'];

describe('the pods of nginx', () => {
  it('hand their access log over without leaving the pod', () => {
    const [, port] = /access_log syslog:server=127\.0\.0\.1:(\d+),/.exec(configuration ?? '') ?? [];
    const variables = new Map(named('nginx-log-exporter').env?.map(({ name, value }) => [name, value]));
    expect(port).toBeDefined();
    expect(variables.get('NGINX_LOG_EXPORTER_SYSLOG_PORT')).toBe(port);
    // Its default is loopback.
    expect(variables.has('NGINX_LOG_EXPORTER_SYSLOG_HOST')).toBe(false);
  });

  it('let nobody but people and Prometheus in, and nobody by UDP', () => {
    const { ingress } = only(objects, 'NetworkPolicy', 'nginx').spec as {
      ingress: { ports: { port: number; protocol: string }[] }[];
    };
    const open = ingress.flatMap(({ ports }) => ports.map(({ port, protocol }) => `${protocol} ${port}`));
    expect(open.sort()).toEqual(['TCP 8080', 'TCP 9113', 'TCP 9117']);
  });

  it('let people stay for the time that is set, and end before they are ended', () => {
    const drain = (all: readonly Manifest[]) => {
      const file = ofKind(all, 'ConfigMap').find(({ metadata }) => metadata.name === 'nginx')?.['data'] as {
        'nginx.conf': string;
      };
      return /^worker_shutdown_timeout (\d+)s;$/m.exec(file['nginx.conf'])?.[1];
    };
    for (const [drainSeconds, expected] of [
      [90, '90'],
      [undefined, '300'],
    ] as const) {
      const { drainSeconds: _, ...gateway } = dev.gateway;
      const all = objectsWith({ ...dev, gateway: { ...gateway, ...(drainSeconds && { drainSeconds }) } });
      expect(drain(all)).toBe(expected);
      const [nginx] = podOf(all).containers as unknown as readonly {
        readonly lifecycle: { readonly preStop: { readonly exec: { readonly command: string[] } } };
      }[];
      const pause = Number(nginx?.lifecycle.preStop.exec.command[1]);
      const left = podOf(all).terminationGracePeriodSeconds - pause - Number(expected);
      // nginx itself needs a moment to end.
      expect(left).toBeGreaterThanOrEqual(10);
      expect(left).toBeLessThanOrEqual(30);
    }
  });

  it('are counted until nginx has ended, not only until it is told to', () => {
    expect(podOf(objects).containers.map(({ name }) => name)).toEqual(['nginx']);
    expect(podOf(objects).initContainers.map(({ name, restartPolicy }) => [name, restartPolicy])).toEqual([
      ['nginx-exporter', 'Always'],
      ['nginx-log-exporter', 'Always'],
    ]);
  });

  it('run the log exporter from the image that the chat room has, whichever that is', () => {
    const forked = objectsWith({
      ...dev,
      chatRoom: { ...dev.chatRoom, image: 'registry.example/chat:1.2.3' },
    });
    expect(named('nginx-log-exporter', forked).image).toBe('registry.example/chat:1.2.3');
  });

  it('have the limit by which the rule judges them', () => {
    const figure = (directive: string) =>
      Number(new RegExp(`${directive} (\\d+);`).exec(configuration ?? '')?.[1]);
    const carried = (figure('worker_processes') * figure('worker_connections')) / 2;
    expect(carried).toBe(clientsPerGateway);
    expect(figure('worker_rlimit_nofile')).toBeGreaterThan(figure('worker_connections'));
    const rules = ofKind<{ groups: { rules: { alert?: string; expr: string }[] }[] }>(
      objects,
      'PrometheusRule',
    );
    const expr = rules
      .flatMap(({ spec }) => spec.groups.flatMap((group) => group.rules))
      .find(({ alert }) => alert === 'NginxConnectionsNearLimit')?.expr;
    expect(expr).toBe(`nginx_connections_active > ${Math.floor(0.8 * carried)}`);
  });
});
