import {
  QueryVariableBuilder,
  VariableRefresh,
  VariableSort,
} from '@grafana/grafana-foundation-sdk/dashboard';
import type { JobName } from '../jobs';
import { up } from '../metrics/target';
import { series } from '../model/promql';
import type { Text } from '../model/text';
import { chosenDatasource } from './datasource';

/**
 * Matches the targets that the reader has chosen. `$job` is no pattern of ours: Grafana puts the choice in its place
 * before a query leaves.
 */
export const chosen = { job: /$job/, instance: /$instance/ } as const;

/** The variables behind {@link chosen}: of these jobs all, and of those all targets, until the reader chooses. */
export function targetVariables(
  jobs: readonly JobName[],
  say: (text: Text) => string,
): readonly QueryVariableBuilder[] {
  return [
    labelVariable('job', series(up, { job: new RegExp(jobs.join('|')) })).label(
      say({ zh: '任务', en: 'Job' }),
    ),
    labelVariable('instance', series(up, { job: chosen.job }))
      .label(say({ zh: '实例', en: 'Instance' }))
      .allValue('.+'),
  ];
}

function labelVariable(label: 'job' | 'instance', selector: string): QueryVariableBuilder {
  const query = `label_values(${selector}, ${label})`;
  return new QueryVariableBuilder(label)
    .datasource(chosenDatasource)
    .query(query)
    .definition(query)
    .refresh(VariableRefresh.OnTimeRangeChanged)
    .sort(VariableSort.NaturalAsc)
    .multi(true)
    .includeAll(true) // of the jobs this means those that are offered, not every job there is
    .current({ selected: true, text: ['All'], value: ['$__all'] });
}
