import { DatasourceVariableBuilder } from '@grafana/grafana-foundation-sdk/dashboard';
import type { Text } from '../model/text';

/** The datasource that Grafana is provisioned with, by the uid that boards rely on. */
export const provisioned = { uid: 'prometheus', name: 'Prometheus' } as const;

/** What every panel, variable and annotation asks: the datasource that the board's first variable names. */
export const chosenDatasource = { type: 'prometheus', uid: '${datasource}' } as const;

/** Lets a reader look at another Prometheus through the same board. */
export function datasourceVariable(say: (text: Text) => string): DatasourceVariableBuilder {
  return new DatasourceVariableBuilder('datasource')
    .label(say({ zh: '数据源', en: 'Datasource' }))
    .type('prometheus')
    .current({ selected: true, text: provisioned.name, value: provisioned.uid });
}
