import { has, ofKind, podTemplates, type Check } from './manifest';

interface Port {
  readonly name?: string;
  readonly containerPort: number;
}

/** A Service that selects no pod, or names a port that its pods lack, accepts connections and drops them. */
export const servicesReachPods: Check = (objects) => {
  const pods = podTemplates(objects);
  return ofKind(objects, 'Service').flatMap((object) => {
    const selector = object.spec.selector as Record<string, string>;
    const selected = pods.filter(
      ({ namespace, labels }) => namespace === object.metadata.namespace && has(labels, selector),
    );
    if (selected.length === 0) {
      return [{ object, message: `selects no pod: nothing has the labels ${JSON.stringify(selector)}` }];
    }
    const ports = selected.flatMap(({ spec }) =>
      (spec.containers as { ports?: Port[] }[]).flatMap((container) => container.ports ?? []),
    );
    const lost = (object.spec.ports as { name: string; targetPort?: string | number; port: number }[]).filter(
      ({ targetPort, port }) =>
        !ports.some(({ name, containerPort }) => [name, containerPort].includes(targetPort ?? port)),
    );
    return lost.map(({ name, targetPort, port }) => ({
      object,
      message: `port ${name} leads to ${targetPort ?? port}, where no container of ${selected[0]?.owner.metadata.name} listens (${ports.map((known) => `${known.name}=${known.containerPort}`).join(', ')})`,
    }));
  });
};
