import { Quantity, type ResourceRequirements } from 'cdk8s-plus-27/lib/imports/k8s';

/**
 * What a container is promised and where it is stopped. Memory is promised in full, so that a node never has to kill
 * one to keep its word to another; processor time is only promised, since being throttled hurts latency.
 */
export interface Resources {
  /** Share of a processor, e.g. `100m`. */
  readonly cpu: string;
  /** Memory, both request and limit, e.g. `128Mi`. */
  readonly memory: string;
}

export function resourceRequirements({ cpu, memory }: Resources): ResourceRequirements {
  return {
    requests: { cpu: Quantity.fromString(cpu), memory: Quantity.fromString(memory) },
    limits: { memory: Quantity.fromString(memory) },
  };
}

/** The same as plain data, for custom resources. */
export function plainResources({ cpu, memory }: Resources) {
  return { requests: { cpu, memory }, limits: { memory } };
}
