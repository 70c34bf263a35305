import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { parse } from 'yaml';
import { catalogue, type Catalogue } from '../../../monitoring/catalogue';
import type { Environment } from '../../../monitoring/environment';
import { withEveryJob } from '../../../monitoring/environments/every-job';
import { production } from '../../../monitoring/environments/production';
import { files } from '../../../monitoring/render/prometheus';
import { alertRules, recordingRules, type RuleFile, type RuleGroup } from '../../../monitoring/render/rules';
import type { RuleSet } from './rule-tests';

/** The production rules with every job, also those that production leaves out, in a language. */
export const everything = (locale: Environment['locale']) =>
  catalogue(withEveryJob({ ...production, locale }));

function ruleSet(of: Catalogue, groups: readonly RuleGroup[]): RuleSet {
  const alerts = of.alerts.flatMap((group) => group.alerts);
  return {
    groups,
    locale: of.environment.locale,
    alerts: new Map(alerts.map((alert) => [alert.name, alert])),
  };
}

export function rendered(of: Catalogue): RuleSet {
  return ruleSet(of, [...alertRules(of).groups, ...recordingRules(of).groups]);
}

/** The rules that are delivered, as their files hold them. */
export function committed(): RuleSet {
  const folder = join(__dirname, '..', '..', '..', 'dist', 'standalone');
  const groups = [files.alertRules, files.recordingRules].flatMap(
    (file) => (parse(readFileSync(join(folder, file), 'utf8')) as RuleFile).groups,
  );
  return ruleSet(catalogue(production), groups);
}
