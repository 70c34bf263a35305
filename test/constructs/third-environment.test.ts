import { transformSync } from '@swc/core';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { ClusterEnvironment } from '../../constructs/environment';
import { synthesize } from '../../constructs/synthesize';
import { only } from './objects';

const root = join(__dirname, '..', '..');

/** The file that docs/kubernetes.md tells people to write, as if they had written it. */
function recipe(): Readonly<Record<string, ClusterEnvironment>> {
  const text = readFileSync(join(root, 'docs', 'kubernetes.md'), 'utf8');
  const [, source = ''] = /## A third environment[^#]*?```ts\n(.*?)```/s.exec(text) ?? [];
  const { code } = transformSync(source, {
    jsc: { parser: { syntax: 'typescript' }, target: 'es2023' },
    module: { type: 'commonjs' },
  });
  const exports: Record<string, ClusterEnvironment> = {};
  const load = (path: string) => jest.requireActual<object>(join(root, 'constructs', 'environments', path));
  // eslint-disable-next-line @typescript-eslint/no-implied-eval -- it is our own page, and what people will run
  const run = new Function('require', 'exports', code) as (require: typeof load, exports: object) => void;
  run(load, exports);
  return exports;
}

describe('the recipe for a third environment', () => {
  const folder = mkdtempSync(join(tmpdir(), 'staging-'));
  afterAll(() => rmSync(folder, { recursive: true, force: true }));

  it('makes one that synthesizes, with what it changes and with everything that it does not', () => {
    const { staging } = recipe();
    if (!staging) throw new Error('docs/kubernetes.md shows no environment called staging');
    const objects = synthesize(staging, join(folder, 'staging'));
    expect(only(objects, 'Prometheus', 'chatroom').spec).toMatchObject({
      replicas: 1,
      shards: 2,
      retention: '7d',
      externalLabels: { cluster: 'staging', environment: 'staging' },
    });
    expect(only(objects, 'Alertmanager').spec).toMatchObject({ replicas: 3 });
    // Figures of Kubernetes itself are wanted where somebody says so, and here nobody does.
    expect(objects.filter(({ metadata }) => metadata.name === 'kube-state-metrics')).toEqual([]);
  });
});
