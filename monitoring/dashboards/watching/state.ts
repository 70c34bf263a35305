import { alertmanagerConfigLastReloadSuccessful } from '../../metrics/alertmanager';
import { prometheusConfigLastReloadSuccessful } from '../../metrics/prometheus';
import { up } from '../../metrics/target';
import { promql, series } from '../../model/promql';
import { availabilityMappings, figures, yesNoMappings } from '../house-style';
import type { Setting } from '../plan';
import { units } from '../units';

export function state(setting: Setting) {
  return figures(setting, {
    title: { zh: '当前状态', en: 'Right now' },
    description: {
      zh: '“配置已载入”为否时，正在运行的是旧配置，文件里的新配置有错。',
      en: 'Where a configuration is not loaded, an old one is running and the one in the file is broken.',
    },
    unit: units.state,
    queries: [
      {
        legend: 'Prometheus',
        expr: promql`avg(${series(up, { job: 'prometheus' })})`,
        mappings: availabilityMappings(setting),
      },
      {
        legend: 'Alertmanager',
        expr: promql`avg(${series(up, { job: 'alertmanager' })})`,
        mappings: availabilityMappings(setting),
      },
      {
        legend: { zh: 'Prometheus 配置已载入', en: 'Prometheus configuration loaded' },
        expr: promql`min(${series(prometheusConfigLastReloadSuccessful)})`,
        mappings: yesNoMappings(setting),
      },
      {
        legend: { zh: 'Alertmanager 配置已载入', en: 'Alertmanager configuration loaded' },
        expr: promql`min(${series(alertmanagerConfigLastReloadSuccessful)})`,
        mappings: yesNoMappings(setting),
      },
      {
        legend: { zh: '无应答的目标', en: 'Targets that do not answer' },
        expr: promql`count(${series(up)}) - sum(${series(up)})`,
        unit: units.count,
      },
    ],
  })
    .span(24)
    .height(5);
}
