import { existsSync, readFileSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { parse, stringify } from 'yaml';
import type { Documents } from '../documents';
import { checkout, type Site } from '../site';
import { answers } from '../supervisor/probes';
import { component } from './component';

const home = '/usr/share/grafana';

/** Grafana is not in Debian, so the local mode does without it where it was not installed. */
const places: readonly { readonly program: string; readonly args: readonly string[] }[] = [
  { program: `${home}/bin/grafana`, args: ['server'] },
  { program: '/usr/sbin/grafana-server', args: [] },
];

export function grafanaInstalled(): boolean {
  return places.some(({ program }) => existsSync(program));
}

export const grafana = component({
  name: 'grafana',
  title: 'Grafana',
  ports: ['grafana'],
  after: ['prometheus'],
  command: (site) => {
    const { program, args } = places.find((place) => existsSync(place.program)) ?? places[0]!;
    return {
      program,
      args: [...args, '--homepath', home],
      env: {
        GF_SERVER_HTTP_ADDR: '127.0.0.1',
        GF_SERVER_HTTP_PORT: String(site.ports.grafana),
        GF_SERVER_ROOT_URL: site.url('grafana', '/'),
        GF_PATHS_DATA: site.folder('grafana', 'data'),
        GF_PATHS_LOGS: site.folder('grafana', 'logs'),
        GF_PATHS_PLUGINS: site.folder('grafana', 'plugins'),
        GF_PATHS_PROVISIONING: site.path('grafana', 'provisioning'),
        GF_LOG_MODE: 'console',
        GF_AUTH_ANONYMOUS_ENABLED: 'true',
        GF_AUTH_ANONYMOUS_ORG_ROLE: 'Viewer',
        GF_ANALYTICS_REPORTING_ENABLED: 'false',
        GF_ANALYTICS_CHECK_FOR_UPDATES: 'false',
        GF_ANALYTICS_CHECK_FOR_PLUGIN_UPDATES: 'false',
      },
    };
  },
  ready: (site) => answers(site.url('grafana', '/api/health')),
  look: (site) => site.url('grafana', '/d/chatroom-overview'),
});

/** Lays out the provisioning of dist/standalone with this machine's address and folder. */
export function writeGrafana(site: Site, { dashboards }: Documents): void {
  const folder = site.path('grafana', 'dashboards');
  rmSync(folder, { recursive: true, force: true });
  for (const [name, json] of dashboards) site.write(`grafana/dashboards/${name}`, json);
  provision(site, 'datasources/prometheus.yml', (document) => ({
    ...document,
    datasources: list(document, 'datasources').map((source) => ({ ...source, url: site.url('prometheus') })),
  }));
  provision(site, 'dashboards/chatroom.yml', (document) => ({
    ...document,
    providers: list(document, 'providers').map((provider) => ({ ...provider, options: { path: folder } })),
  }));
}

type Fields = Readonly<Record<string, unknown>>;

function provision(site: Site, name: string, adapt: (document: Fields) => Fields): void {
  const relative = `grafana/provisioning/${name}`;
  const source = join(checkout, 'dist', 'standalone', relative);
  site.write(relative, stringify(adapt(parse(readFileSync(source, 'utf8')) as Fields)));
}

function list(document: Fields, field: string): readonly Fields[] {
  return (document[field] ?? []) as readonly Fields[];
}
