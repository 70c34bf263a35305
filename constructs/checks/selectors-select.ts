import {
  has,
  ofKind,
  podTemplates,
  type Check,
  type Labels,
  type Problem,
  type WorkloadSpec,
} from './manifest';

interface BudgetSpec {
  readonly selector: { readonly matchLabels: Labels };
}

interface PolicySpec {
  readonly podSelector: { readonly matchLabels?: Labels };
}

interface AutoscalerSpec {
  readonly scaleTargetRef: { readonly kind: string; readonly name: string };
}

/** Selectors of workloads, budgets, policies and autoscalers that select nothing do nothing, without a word. */
export const selectorsSelect: Check = (objects) => {
  const pods = podTemplates(objects);
  const selectsPods = (namespace: string | undefined, labels: Labels) =>
    pods.some((pod) => pod.namespace === namespace && has(pod.labels, labels));

  const budgets = ofKind<BudgetSpec>(objects, 'PodDisruptionBudget').flatMap((object) => {
    const labels = object.spec.selector.matchLabels;
    return selectsPods(object.metadata.namespace, labels)
      ? []
      : [{ object, message: `guards no pod: nothing has the labels ${JSON.stringify(labels)}` }];
  });
  const policies = ofKind<PolicySpec>(objects, 'NetworkPolicy').flatMap((object) => {
    const labels = object.spec.podSelector.matchLabels ?? {};
    return Object.keys(labels).length === 0 || selectsPods(object.metadata.namespace, labels)
      ? []
      : [{ object, message: `holds for no pod: nothing has the labels ${JSON.stringify(labels)}` }];
  });
  const workloads = ofKind<WorkloadSpec>(objects, 'Deployment', 'StatefulSet', 'DaemonSet').flatMap(
    (object) => {
      const wanted = object.spec.selector.matchLabels;
      return has(object.spec.template.metadata.labels, wanted)
        ? []
        : [{ object, message: `does not select its own pods: they lack ${JSON.stringify(wanted)}` }];
    },
  );
  const autoscalers = ofKind<AutoscalerSpec>(objects, 'HorizontalPodAutoscaler').flatMap(
    (object): Problem[] => {
      const { kind, name } = object.spec.scaleTargetRef;
      const target = ofKind<WorkloadSpec>(objects, kind).find(
        ({ metadata }) => metadata.name === name && metadata.namespace === object.metadata.namespace,
      );
      if (!target) return [{ object, message: `scales ${kind} ${name}, which does not exist` }];
      return target.spec.replicas === undefined
        ? []
        : [{ object: target, message: 'sets replicas, which its autoscaler decides: leave the field out' }];
    },
  );
  return [...budgets, ...policies, ...workloads, ...autoscalers];
};
