/**
 * Writes schemas/<group>/<Kind>.json from the CustomResourceDefinitions of pinned releases, taken from the Go module
 * proxy. Only what decides whether an object is right is kept: texts, and what only the API server can know, are not.
 * Run `npm run import` after changing a version here; cdk8s' own importer would draw half a megabyte of classes for
 * a handful of kinds, and classes check nothing.
 */
import { execFileSync } from 'node:child_process';
import { mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { parse } from 'yaml';
import { operatorVersion } from './operator-version';

interface Definition {
  readonly spec: {
    readonly group: string;
    readonly names: { readonly kind: string };
    readonly versions: readonly {
      readonly name: string;
      readonly schema: { readonly openAPIV3Schema: Record<string, unknown> };
    }[];
  };
}

/** Where the definitions come from, and the kinds that we write. */
const sources = [
  {
    module: 'github.com/prometheus-operator/prometheus-operator',
    version: operatorVersion,
    folder: 'example/prometheus-operator-crd',
    kinds: ['Alertmanager', 'AlertmanagerConfig', 'PodMonitor', 'Prometheus', 'PrometheusRule', 'ScrapeConfig', 'ServiceMonitor'],
  },
  {
    module: 'github.com/argoproj/argo-cd/v3',
    version: '3.5.7',
    folder: 'manifests/crds',
    kinds: ['Application', 'AppProject'],
  },
] as const;

/** Keywords that the checker in structural-schema.ts understands. */
const kept = new Set([
  'type',
  'required',
  'enum',
  'pattern',
  'minimum',
  'maximum',
  'minLength',
  'maxLength',
  'minItems',
  'maxItems',
  'nullable',
  'x-kubernetes-int-or-string',
  'x-kubernetes-preserve-unknown-fields',
]);

type Schema = Record<string, unknown>;

function essence(schema: Schema): Schema {
  const result: Schema = {};
  for (const [key, value] of Object.entries(schema)) {
    if (kept.has(key)) result[key] = value;
    else if (key === 'properties') {
      result[key] = Object.fromEntries(
        Object.entries(value as Record<string, Schema>).map(([name, child]) => [name, essence(child)]),
      );
    } else if ((key === 'items' || key === 'additionalProperties') && typeof value === 'object') {
      result[key] = essence(value as Schema);
    }
  }
  return result;
}

const target = join(__dirname, 'schemas');
rmSync(target, { recursive: true, force: true });
for (const { module, version, folder, kinds } of sources) {
  const written: string[] = [];
  const { Dir } = JSON.parse(
    execFileSync('go', ['mod', 'download', '-json', `${module}@v${version}`], { encoding: 'utf8' }),
  ) as { Dir: string };
  for (const file of readdirSync(join(Dir, folder)).filter((name) => name.endsWith('.yaml'))) {
    const { spec } = parse(readFileSync(join(Dir, folder, file), 'utf8')) as Definition;
    if (!spec || !(kinds as readonly string[]).includes(spec.names.kind)) continue;
    mkdirSync(join(target, spec.group), { recursive: true });
    const versions = spec.versions.map(({ name, schema }) => {
      const { status: _status, ...properties } = (schema.openAPIV3Schema['properties'] ?? {}) as Schema;
      return [name, essence({ ...schema.openAPIV3Schema, properties })];
    });
    const path = join(target, spec.group, `${spec.names.kind}.json`);
    writeFileSync(path, `${JSON.stringify(Object.fromEntries(versions))}\n`);
    written.push(spec.names.kind);
  }
  const lost = kinds.filter((kind) => !written.includes(kind));
  if (lost.length > 0) throw new Error(`${module}@v${version}/${folder} does not define ${lost.join(', ')}`);
}
