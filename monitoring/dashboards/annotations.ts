import { AnnotationQueryBuilder } from '@grafana/grafana-foundation-sdk/dashboard';
import { alerts } from '../metrics/alerts';
import { processStartTimeSeconds } from '../metrics/process';
import { promql, series } from '../model/promql';
import type { Text } from '../model/text';
import { chosenDatasource } from './datasource';
import { colours } from './colours';

/** Marks the time during which an alert fired, so that a bend in a curve and its alert are seen together. */
export function firingAlerts(say: (text: Text) => string): AnnotationQueryBuilder {
  return new AnnotationQueryBuilder()
    .name(say({ zh: '告警', en: 'Alerts' }))
    .datasource(chosenDatasource)
    .enable(true)
    .iconColor(colours.bad)
    .expr(
      promql`max by (alertname, severity, service) (${series(alerts, { alertstate: 'firing', severity: { not: 'none' } })})`,
    )
    .titleFormat('{{alertname}}')
    .textFormat('{{service}}')
    .tagKeys('severity');
}

/**
 * Marks when a replica of the chat server started: a deployment, or a restart that nobody ordered. The start time
 * is the value itself, so the mark stands where it belongs however coarse the steps of the query are.
 */
export function deployments(say: (text: Text) => string): AnnotationQueryBuilder {
  return new AnnotationQueryBuilder()
    .name(say({ zh: '部署与重启', en: 'Deployments and restarts' }))
    .datasource(chosenDatasource)
    .enable(true)
    .iconColor(colours.notable)
    .expr(promql`1000 * ${series(processStartTimeSeconds, { job: 'chatroom-server' })}`)
    .useValueForTime(true)
    .titleFormat(say({ zh: '{{job}} 启动', en: '{{job}} started' }))
    .textFormat('{{instance}}')
    .tagKeys('job');
}
