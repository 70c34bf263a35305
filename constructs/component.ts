import { imageVersion } from './images';

/** A part of the system that has pods: what it is called, which pods are its own, and where they listen. */
export interface Component {
  readonly name: string;
  readonly namespace: string;
  /** Labels that exactly its pods have. */
  readonly selector: Readonly<Record<string, string>>;
  /** Ports of its pods by name. */
  readonly ports: Readonly<Record<string, number>>;
}

/** What an object is, in the words of the recommended labels. */
export interface Identity {
  readonly name: string;
  /** Its role: `server`, `database`, `exporter`... */
  readonly component: string;
  /** Image from which the version label is read. @default - no version label */
  readonly image?: string;
}

/** The whole that every object belongs to. */
export const partOf = 'chatroom';

/** https://kubernetes.io/docs/concepts/overview/working-with-objects/common-labels/ */
export function recommendedLabels({ name, component, image }: Identity): Record<string, string> {
  return {
    ...selectorLabels(name),
    'app.kubernetes.io/component': component,
    'app.kubernetes.io/part-of': partOf,
    'app.kubernetes.io/managed-by': 'cdk8s',
    ...(image && { 'app.kubernetes.io/version': imageVersion(image) }),
  };
}

/** The labels that never change while a thing keeps its name, and may therefore be selected on. */
export function selectorLabels(name: string): Record<string, string> {
  return { 'app.kubernetes.io/name': name, 'app.kubernetes.io/instance': partOf };
}
