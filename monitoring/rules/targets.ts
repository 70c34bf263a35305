import { alert, type StateAlert } from '../model/rule';
import { promql, series } from '../model/promql';
import { up } from '../metrics/target';
import { jobs, type Job } from '../jobs';
import { toSeconds, type Duration } from '../model/duration';
import { slos } from '../slos';
import { outlivesConsequences, outlivesTheLastMinute } from './outlives-consequences';

/**
 * A process that is killed takes its series with it, and a rule about series that are gone is silent. So every
 * job has two alerts of its own: a target that is listed but does not answer, and a job with no target at all.
 */

type DownName = `${Job['title']}Down`;
type AbsentName = `${Job['title']}Absent`;

function down(job: Job): StateAlert<DownName> {
  return alert({
    name: `${job.title}Down`,
    severity: job.severity,
    service: job.service,
    for: '1m',
    keepFiringFor: outlivesConsequences,
    expr: () => promql`${series(up, { job: job.name })} == 0`,
    summary: {
      zh: `${job.noun.zh} {{ $labels.instance }} 无响应`,
      en: `The ${job.noun.en} {{ $labels.instance }} does not answer`,
    },
    description: {
      zh: `Prometheus 已超过 1 分钟无法抓取 {{ $labels.instance }}（任务 {{ $labels.job }}）。进程可能已退出、卡死或网络不通；在恢复之前，依赖其指标的告警无法判断。`,
      en: `Prometheus has failed to scrape {{ $labels.instance }} (job {{ $labels.job }}) for more than a minute. The process may have died, hang or be unreachable; until it is back, alerts that need its metrics are blind.`,
    },
  });
}

/** That nobody is there to keep a promise has to be told before its budget is seen to burn, and for as long. */
const keepsPromises = (job: Job): boolean => slos.some((slo) => slo.job === job.name);

function absent(job: Job): StateAlert<AbsentName> {
  const waits: Duration = keepsPromises(job) ? '2m' : '5m';
  const minutes = toSeconds(waits) / 60;
  return alert({
    name: `${job.title}Absent`,
    severity: job.severity,
    service: job.service,
    for: waits,
    ...(keepsPromises(job) && { keepFiringFor: outlivesTheLastMinute }),
    expr: () => promql`absent(${series(up, { job: job.name })})`,
    summary: {
      zh: `监控目标中没有任何${job.noun.zh}`,
      en: `Prometheus knows no ${job.noun.en} at all`,
    },
    description: {
      zh: `任务 ${job.name} 在服务发现中已 ${minutes} 分钟没有任何目标：它可能被删除、缩容到零，或抓取配置被改坏。没有目标就没有告警。`,
      en: `Service discovery has found no target for job ${job.name} for ${minutes} minutes: it was removed, scaled to zero, or the scrape configuration is broken. Without a target no other alert about it can fire.`,
    },
  });
}

export const targetAlerts: readonly (StateAlert<DownName> | StateAlert<AbsentName>)[] = jobs.flatMap(
  (job) => [down(job), absent(job)],
);
