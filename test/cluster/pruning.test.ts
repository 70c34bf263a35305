import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { dev } from '../../constructs/environments/dev';
import { nameOf, ofKind } from '../../constructs/checks/manifest';
import { list } from './control-plane/kubectl';
import { startCluster, type Cluster } from './support/cluster';

jest.setTimeout(180_000);

/** The command of the documentation, which keeps the set of what was applied. */
const [, documented = ''] =
  /KUBECTL_APPLYSET=true kubectl (.+) -f dist\/k8s\/dev/.exec(
    readFileSync(join(__dirname, '..', '..', 'docs', 'kubernetes.md'), 'utf8'),
  ) ?? [];

describe('an upgrade that no longer has an object', () => {
  let cluster: Cluster;
  beforeAll(async () => {
    process.env['KUBECTL_APPLYSET'] = 'true';
    cluster = await startCluster(dev);
  });
  afterAll(async () => {
    delete process.env['KUBECTL_APPLYSET'];
    await cluster?.plane.stop();
  });

  const apply = async (objects: readonly object[]) => {
    const items = JSON.stringify({ apiVersion: 'v1', kind: 'List', items: objects });
    const { code, stderr } = await cluster.plane.kubectl([...documented.split(' '), '-f', '-'], items);
    expect({ code, stderr }).toEqual({
      code: 0,
      stderr: expect.stringMatching(/^(?:W.*alpha.*\n?)*$/i) as unknown,
    });
  };
  const rules = async () =>
    (await list<{ metadata: { name: string } }>(cluster.plane.kubectl, ['prometheusrules', '-A'])).map(
      ({ metadata }) => metadata.name,
    );

  it('takes it away, and nothing else', async () => {
    expect(documented).toContain('--prune');
    // Somebody else's, with the same labels: not applied with ours, so not ours to take away.
    const [gone, other] = ofKind(cluster.objects, 'PrometheusRule');
    if (!gone || !other) throw new Error('there are not two PrometheusRules');
    await cluster.apply(ofKind(cluster.objects, 'Namespace'));
    const theirs = { ...other, metadata: { ...other.metadata, name: 'theirs' } };
    await cluster.apply([theirs]);

    await apply(cluster.objects);
    expect(await rules()).toContain(gone.metadata.name);
    const before = await rules();

    await apply(cluster.objects.filter((object) => object !== gone));
    expect(await rules()).toEqual(before.filter((name) => name !== gone.metadata.name));
    const left = cluster.objects.filter((object) => object !== gone);
    const { code, stderr } = await cluster.plane.kubectl(
      ['get', '-f', '-', '-o', 'name'],
      JSON.stringify({ apiVersion: 'v1', kind: 'List', items: left }),
    );
    expect({ code, stderr }).toEqual({ code: 0, stderr: '' });
    expect(left.map(nameOf)).not.toContain(nameOf(gone));
  });
});
