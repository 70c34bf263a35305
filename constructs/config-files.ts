import { createHash } from 'node:crypto';
import { Lazy } from 'cdk8s';
import { KubeConfigMap } from 'cdk8s-plus-27/lib/imports/k8s';
import { Construct } from 'constructs';
import { recommendedLabels, type Identity } from './component';

export interface ConfigFilesProps {
  readonly identity: Identity;
  readonly namespace: string;
  /** Content by file name. More are added by `addFile`. */
  readonly files: Readonly<Record<string, string>>;
  /** Labels besides the recommended ones. @default - none */
  readonly labels?: Readonly<Record<string, string>>;
}

/** Files for a container. Its name is stable; what mounts it carries its digest, so that a change rolls the pods. */
export class ConfigFiles extends Construct {
  readonly name: string;
  /** Changes exactly when a file does. Known when everything is written, since files may still be added. */
  readonly digest: string;
  private readonly files: Record<string, string>;

  constructor(scope: Construct, id: string, props: ConfigFilesProps) {
    super(scope, id);
    this.name = props.identity.name;
    this.files = { ...props.files };
    this.digest = Lazy.any({
      produce: () => createHash('sha256').update(JSON.stringify(this.files)).digest('hex').slice(0, 16),
    }) as string;
    new KubeConfigMap(this, 'map', {
      metadata: {
        name: this.name,
        namespace: props.namespace,
        labels: { ...recommendedLabels(props.identity), ...props.labels },
      },
      data: Lazy.any({ produce: () => ({ ...this.files }) }) as Record<string, string>,
    });
  }

  /** @throws {Error} when there is a file of that name */
  addFile(file: string, content: string): void {
    if (file in this.files) throw new Error(`${this.name} has a file ${file} already: choose another name`);
    this.files[file] = content;
  }
}
