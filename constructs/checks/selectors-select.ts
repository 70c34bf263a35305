import { has, ofKind, podTemplates, type Check } from './manifest';

/** Selectors of workloads, budgets and autoscalers that select nothing do nothing, without a word. */
export const selectorsSelect: Check = (objects) => {
  const pods = podTemplates(objects);
  const budgets = ofKind(objects, 'PodDisruptionBudget').flatMap((object) => {
    const labels = object.spec.selector.matchLabels as Record<string, string>;
    const some = pods.some((pod) => pod.namespace === object.metadata.namespace && has(pod.labels, labels));
    return some
      ? []
      : [{ object, message: `guards no pod: nothing has the labels ${JSON.stringify(labels)}` }];
  });
  const policies = ofKind(objects, 'NetworkPolicy').flatMap((object) => {
    const labels = (object.spec.podSelector.matchLabels ?? {}) as Record<string, string>;
    const some =
      Object.keys(labels).length === 0 ||
      pods.some((pod) => pod.namespace === object.metadata.namespace && has(pod.labels, labels));
    return some
      ? []
      : [{ object, message: `holds for no pod: nothing has the labels ${JSON.stringify(labels)}` }];
  });
  const workloads = ofKind(objects, 'Deployment', 'StatefulSet', 'DaemonSet').flatMap((object) => {
    const wanted = object.spec.selector.matchLabels as Record<string, string>;
    const labels = object.spec.template.metadata.labels as Record<string, string>;
    return has(labels, wanted)
      ? []
      : [{ object, message: `does not select its own pods: they lack ${JSON.stringify(wanted)}` }];
  });
  const autoscalers = ofKind(objects, 'HorizontalPodAutoscaler').flatMap((object) => {
    const { kind, name } = object.spec.scaleTargetRef as { kind: string; name: string };
    const target = ofKind(objects, kind).find(
      ({ metadata }) => metadata.name === name && metadata.namespace === object.metadata.namespace,
    );
    if (!target) return [{ object, message: `scales ${kind} ${name}, which does not exist` }];
    return target.spec.replicas === undefined
      ? []
      : [{ object: target, message: 'sets replicas, which its autoscaler decides: leave the field out' }];
  });
  return [...budgets, ...policies, ...workloads, ...autoscalers];
};
