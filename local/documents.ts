import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { parse } from 'yaml';
import { z } from 'zod';
import { catalogue } from '../monitoring/catalogue';
import { production } from '../monitoring/environments/production';
import type { AlertmanagerConfig } from '../monitoring/render/alertmanager';
import { files, type PrometheusConfig } from '../monitoring/render/prometheus';
import { alertRules, type RuleFile } from '../monitoring/render/rules';
import type { AlertRetunings } from '../monitoring/rules';
import { checkout } from './site';

/** The documents of dist/standalone that the local mode starts from. */
export interface Documents {
  readonly prometheus: PrometheusConfig;
  readonly alertRules: RuleFile;
  readonly recordingRules: RuleFile;
  readonly alertmanager: AlertmanagerConfig;
  /** Boards by the name of their file, as they are. */
  readonly dashboards: ReadonlyMap<string, string>;
}

/** The environment that dist/standalone is rendered for. */
export const standaloneEnvironment = production;

const standaloneFolder = join(checkout, 'dist', 'standalone');

/** The shapes we rely on; what else is in a document is passed on as it is. */
const ruleFile = z.object({
  groups: z.array(z.looseObject({ name: z.string(), rules: z.array(z.looseObject({ expr: z.string() })) })),
});
const prometheusConfig = z.looseObject({
  global: z.looseObject({}),
  alerting: z.object({ alertmanagers: z.array(z.looseObject({})) }),
  scrape_configs: z.array(z.looseObject({ job_name: z.string() })),
});
const alertmanagerConfig = z.looseObject({
  global: z.looseObject({}),
  route: z.looseObject({ receiver: z.string() }),
  receivers: z.array(z.looseObject({ name: z.string() })),
});

/**
 * Reads dist/standalone.
 *
 * @param retuned - alerts with another threshold or duration, or left out, as an environment may have them
 * @throws Error that names the file and how to write it anew.
 */
export function readDocuments(retuned: AlertRetunings = {}, folder: string = standaloneFolder): Documents {
  const read = <T>(name: string, schema: z.ZodType): T => {
    try {
      return schema.parse(parse(readFileSync(join(folder, name), 'utf8'))) as T;
    } catch (cause) {
      throw new Error(`cannot use ${join(folder, name)}; write it anew with "npm run standalone"`, { cause });
    }
  };
  return {
    prometheus: read<PrometheusConfig>(files.prometheus, prometheusConfig),
    alertRules:
      Object.keys(retuned).length === 0
        ? read<RuleFile>(files.alertRules, ruleFile)
        : alertRules(
            catalogue({ ...standaloneEnvironment, alerts: { ...standaloneEnvironment.alerts, ...retuned } }),
          ),
    recordingRules: read<RuleFile>(files.recordingRules, ruleFile),
    alertmanager: read<AlertmanagerConfig>(files.alertmanager, alertmanagerConfig),
    dashboards: dashboards(join(folder, 'dashboards')),
  };
}

function dashboards(folder: string): ReadonlyMap<string, string> {
  let names: readonly string[];
  try {
    names = readdirSync(folder).filter((name) => name.endsWith('.json'));
  } catch {
    names = [];
  }
  return new Map(names.map((name) => [name, readFileSync(join(folder, name), 'utf8')]));
}
