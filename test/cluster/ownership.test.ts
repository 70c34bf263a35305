import { clusterEnvironments } from '../../constructs/environments';
import { nameOf, type Manifest } from '../../constructs/checks/manifest';
import { startCluster, type Cluster } from './support/cluster';

jest.setTimeout(180_000);

/**
 * What the API server fills into items of lists in Kubernetes' own kinds, and why it is left to it. Argo CD compares by
 * asking the API server, which fills it in on both sides.
 */
const filledIn: Readonly<Record<string, string>> = {
  apiVersion: 'of the field of a pod that a variable shows: there is one version',
  defaultMode: 'of mounted files: readable',
  protocol: 'of ports: TCP',
  scheme: 'of probes: HTTP',
  status: 'of the claims of a StatefulSet, which nobody may write',
  successThreshold: 'of probes: 1, and for most nothing else is allowed',
  terminationMessagePath: 'of containers: where nothing of ours writes',
  terminationMessagePolicy: 'of containers: the same',
  type: 'of folders of the node: no check',
};

/**
 * Who compares what is written with what is there, field by field, finds a difference where the API server keeps
 * another value than it was given, or adds a field to an item of a list that we own.
 */
describe.each(clusterEnvironments.map((environment) => [environment.monitoring.name, environment] as const))(
  'the fields of %s that we own',
  (_, environment) => {
    let cluster: Cluster;
    let live: ReadonlyMap<string, Manifest>;
    beforeAll(async () => {
      cluster = await startCluster(environment);
      expect((await cluster.apply(cluster.manifests)).stderr).toBe('');
      const { stdout } = await cluster.plane.kubectl(['get', '-f', cluster.manifests, '-o', 'json']);
      const { items } = JSON.parse(stdout) as { readonly items: readonly Manifest[] };
      live = new Map(items.map((object) => [nameOf(object), object]));
      expect(live.size).toBe(cluster.objects.length);
    });
    afterAll(async () => cluster?.plane.stop());

    const compared = () => cluster.objects.flatMap((object) => differences(object, live.get(nameOf(object))));

    it('read back as they were written', () => {
      expect(compared().filter(({ kind }) => kind === 'changed')).toEqual([]);
    });

    it('are joined by others inside lists only where Kubernetes itself fills in what it is known to', () => {
      const added = compared().filter(({ kind }) => kind === 'added');
      const customs = added.filter(({ apiVersion }) => apiVersion.startsWith('monitoring.coreos.com/'));
      expect(customs).toEqual([]);
      const fields = new Set(added.map(({ path }) => path.split('.').at(-1) ?? path));
      expect([...fields].filter((field) => !(field in filledIn))).toEqual([]);
      const paths = compared().filter(({ path }) => path.includes('volumeClaimTemplates'));
      expect(paths.filter(({ path }) => !path.endsWith('.status'))).toEqual([]);
    });
  },
);

interface Difference {
  readonly apiVersion: string;
  readonly object: string;
  readonly kind: 'changed' | 'added';
  /** With `[]` for any item of a list. */
  readonly path: string;
  readonly written?: unknown;
  readonly kept?: unknown;
}

function differences(written: Manifest, kept: Manifest | undefined): readonly Difference[] {
  const { apiVersion } = written;
  const object = nameOf(written);
  const found: Difference[] = [];
  const compare = (ours: unknown, theirs: unknown, path: string, inList: boolean): void => {
    if (Array.isArray(ours) && Array.isArray(theirs) && ours.length === theirs.length) {
      ours.forEach((item, index) => compare(item, theirs[index], `${path}[]`, true));
    } else if (isRecord(ours) && isRecord(theirs)) {
      for (const [field, value] of Object.entries(ours))
        compare(value, theirs[field], `${path}.${field}`, inList);
      if (!inList) return;
      for (const field of Object.keys(theirs)) {
        if (!(field in ours)) found.push({ apiVersion, object, kind: 'added', path: `${path}.${field}` });
      }
    } else if (ours !== theirs) {
      found.push({ apiVersion, object, kind: 'changed', path, written: ours, kept: theirs });
    }
  };
  compare(written, kept, '', false);
  return found;
}

function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
