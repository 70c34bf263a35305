import { join } from 'node:path';
import { catalogue } from '../../../monitoring/catalogue';
import { production } from '../../../monitoring/environments/production';
import { receiversOf } from '../../../monitoring/model/route';
import { files } from '../../../monitoring/render/prometheus';
import { amtool } from '../amtool';

const config = join(__dirname, '..', '..', '..', 'dist', 'standalone', files.alertmanager);

/** Who is told of what, as promised. */
const promised: Readonly<Record<string, readonly string[]>> = {
  'chatroom critical': ['critical-alerts', 'chatroom-team'],
  'chatroom warning': ['chatroom-team'],
  'postgresql critical': ['critical-alerts', 'database-team'],
  'postgresql warning': ['database-team'],
  'redis critical': ['critical-alerts', 'database-team'],
  'redis warning': ['database-team'],
  'nginx critical': ['critical-alerts'],
  'nginx warning': ['default-receiver'],
  'system critical': ['critical-alerts'],
  'system warning': ['default-receiver'],
  'monitoring critical': ['critical-alerts'],
  'monitoring warning': ['default-receiver'],
  'monitoring none': ['dead-mans-switch'],
  'kubernetes critical': ['critical-alerts'],
  'kubernetes warning': ['default-receiver'],
};

async function asAmtoolRoutes(labels: Readonly<Record<string, string>>): Promise<readonly string[]> {
  const pairs = Object.entries(labels).map(([label, value]) => `${label}=${value}`);
  const { code, output, remarks } = await amtool(
    'config',
    'routes',
    'test',
    `--config.file=${config}`,
    ...pairs,
  );
  if (code !== 0) throw new Error(remarks);
  return output.trim().split(',');
}

describe('the routing table of dist/standalone', () => {
  const { route, alerts, environment } = catalogue(production);
  const everyAlert = alerts
    .flatMap((group) => group.alerts)
    .map(({ name, labels }) => ({ alertname: name, ...labels, ...environment.externalLabels }));

  test.each(everyAlert.map((labels) => [labels.alertname, labels] as const))(
    '%s reaches exactly whom it should, to Alertmanager as to the model',
    async (_name, labels: Readonly<Record<string, string>>) => {
      const meant = promised[`${labels['service']} ${labels['severity']}`];
      expect(meant).toBeDefined();
      expect(await asAmtoolRoutes(labels)).toEqual(meant);
      expect(receiversOf(route, labels)).toEqual(meant);
    },
  );

  test.each(Object.entries(promised))('%s goes to %s', async (pair, receivers) => {
    const [service = '', severity = ''] = pair.split(' ');
    expect(await asAmtoolRoutes({ service, severity })).toEqual(receivers);
    expect(receiversOf(route, { service, severity })).toEqual(receivers);
  });

  test('what has no service, or one that nobody knows, still reaches somebody', async () => {
    expect(await asAmtoolRoutes({ alertname: 'Stray' })).toEqual(['default-receiver']);
    expect(await asAmtoolRoutes({ service: 'new', severity: 'critical' })).toEqual(['critical-alerts']);
  });
});
