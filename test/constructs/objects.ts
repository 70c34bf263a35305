import { App, Chart } from 'cdk8s';
import type { Construct } from 'constructs';
import type { Manifest } from '../../constructs/checks/manifest';

/** The objects that a construct writes. */
export function objectsOf(create: (scope: Construct) => void): readonly Manifest[] {
  const chart = new Chart(new App(), 'test');
  create(chart);
  return chart.toJson() as Manifest[];
}

/** The one object of a kind, its spec as the caller knows it. */
export function only<Spec>(objects: readonly Manifest[], kind: string, name?: string): Manifest<Spec> {
  const found = objects.filter(
    (object) => object.kind === kind && (name === undefined || object.metadata.name === name),
  );
  if (found.length !== 1 || !found[0]) {
    const all = objects.map((object) => `${object.kind} ${object.metadata.name}`).join(', ');
    throw new Error(`there are ${found.length} of ${kind} ${name ?? ''} in: ${all}`);
  }
  return found[0] as Manifest<Spec>;
}
