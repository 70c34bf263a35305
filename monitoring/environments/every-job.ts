import type { Environment } from '../environment';

/** An environment with the jobs that it leaves out as well, at addresses of their kind: all there is to say about. */
export function withEveryJob(environment: Environment): Environment {
  const { targets } = environment;
  return {
    ...environment,
    targets: {
      ...targets,
      'kubernetes-apiservers': targets['kubernetes-apiservers'] || ['kubernetes.default.svc:443'],
      'kube-state-metrics': targets['kube-state-metrics'] || ['kube-state-metrics.monitoring.svc:8080'],
      kubelet: targets.kubelet || ['node:10250'],
      cadvisor: targets.cadvisor || ['node:10250'],
    },
    namespaces: environment.namespaces ?? ['chatroom', 'monitoring'],
  };
}
