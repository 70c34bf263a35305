import { join } from 'node:path';
import { gunzipSync } from 'node:zlib';
import { parse } from 'yaml';
import { freePort } from '../control-plane/free-port';
import { leash, type Leashed } from '../control-plane/leash';
import { toolPath } from '../control-plane/locate';
import type { Cluster } from './cluster';

/** Starts prometheus-operator against the control plane; it ends with it. */
export async function startOperator({ plane }: Cluster): Promise<Leashed> {
  return plane.own(
    leash(
      'prometheus-operator',
      [toolPath('prometheus-operator'), `--web.listen-address=127.0.0.1:${await freePort()}`],
      {
        logFile: join(plane.folder, 'prometheus-operator.log'),
        environment: { ...process.env, KUBECONFIG: plane.kubeconfig },
      },
    ),
  );
}

/** A file that prometheus-operator generated into a Secret, or undefined while it has not. */
export async function generated(
  { plane }: Cluster,
  secret: string,
  file: string,
): Promise<string | undefined> {
  const { code, stdout } = await plane.kubectl(['get', 'secret', secret, '-n', 'monitoring', '-o', 'json']);
  if (code !== 0) return undefined;
  const data = (JSON.parse(stdout) as { data?: Record<string, string> }).data?.[file];
  return data === undefined ? undefined : gunzipSync(Buffer.from(data, 'base64')).toString();
}

export interface GeneratedJob {
  readonly job_name: string;
  readonly scrape_interval?: string;
  readonly scrape_timeout?: string;
  readonly metrics_path?: string;
  readonly relabel_configs: readonly {
    readonly action?: string;
    readonly source_labels?: readonly string[];
    readonly regex?: string;
    readonly target_label?: string;
    readonly replacement?: string;
  }[];
}

export interface GeneratedPrometheus {
  readonly global: {
    readonly scrape_interval: string;
    readonly evaluation_interval: string;
    readonly external_labels: Readonly<Record<string, string>>;
  };
  readonly remote_read?: readonly { readonly url: string; readonly read_recent?: boolean }[];
  readonly rule_files?: readonly string[];
  readonly scrape_configs: readonly GeneratedJob[];
}

export function parsePrometheus(text: string): GeneratedPrometheus {
  return parse(text) as GeneratedPrometheus;
}

/** The label `job` that a generated scrape configuration ends up giving to its targets. */
export function jobLabel({ relabel_configs, job_name }: GeneratedJob): string {
  const fixed = relabel_configs.find(
    ({ target_label, source_labels }) => target_label === 'job' && source_labels === undefined,
  );
  if (fixed?.replacement) return fixed.replacement;
  // By jobLabel the job is a label of the Service, and a keep-rule says what that label must be.
  const source = relabel_configs.findLast(({ target_label }) => target_label === 'job')?.source_labels?.[0];
  const kept = relabel_configs.find(
    ({ action, source_labels }) => action === 'keep' && source_labels?.[0] === source,
  );
  const value = /^\((.+)\);true$/.exec(kept?.regex ?? '')?.[1];
  if (!value) throw new Error(`${job_name} does not say which job it is`);
  return value;
}

/** The rule groups in the ConfigMaps that prometheus-operator mounts into a Prometheus, by name. */
export async function generatedRules(
  { plane }: Cluster,
  prometheus = 'chatroom',
): Promise<ReadonlyMap<string, { readonly name: string; readonly rules: readonly object[] }>> {
  const { stdout } = await plane.kubectl(['get', 'configmap', '-n', 'monitoring', '-o', 'json']);
  const { items } = JSON.parse(stdout) as {
    items: { metadata: { name: string }; data?: Record<string, string> }[];
  };
  const files = items
    .filter(({ metadata }) => metadata.name.startsWith(`prometheus-${prometheus}-rulefiles-`))
    .flatMap(({ data }) => Object.values(data ?? {}));
  const groups = files.flatMap(
    (file) => (parse(file) as { groups: { name: string; rules: object[] }[] }).groups,
  );
  return new Map(groups.map((group) => [group.name, group]));
}
