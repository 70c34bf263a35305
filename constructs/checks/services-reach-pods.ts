import { has, ofKind, podTemplates, type Check, type Labels } from './manifest';

interface ServiceSpec {
  readonly selector: Labels;
  readonly ports: readonly {
    readonly name: string;
    readonly port: number;
    readonly targetPort?: string | number;
  }[];
}

/** A Service that selects no pod, or names a port that its pods lack, accepts connections and drops them. */
export const servicesReachPods: Check = (objects) => {
  const pods = podTemplates(objects);
  return ofKind<ServiceSpec>(objects, 'Service').flatMap((object) => {
    const { selector } = object.spec;
    const selected = pods.filter(
      ({ namespace, labels }) => namespace === object.metadata.namespace && has(labels, selector),
    );
    if (selected.length === 0) {
      return [{ object, message: `selects no pod: nothing has the labels ${JSON.stringify(selector)}` }];
    }
    const ports = selected.flatMap(({ spec }) =>
      spec.containers.flatMap((container) => container.ports ?? []),
    );
    const lost = object.spec.ports.filter(({ targetPort, port }) => {
      const wanted = targetPort ?? port;
      return !ports.some(({ name, containerPort }) => name === wanted || containerPort === wanted);
    });
    return lost.map(({ name, targetPort, port }) => ({
      object,
      message: `port ${name} leads to ${targetPort ?? port}, where no container of ${selected[0]?.owner.metadata.name} listens (${ports.map((known) => `${known.name}=${known.containerPort}`).join(', ')})`,
    }));
  });
};
