import { createHash } from 'node:crypto';
import { KubeConfigMap } from 'cdk8s-plus-27/lib/imports/k8s';
import { Construct } from 'constructs';
import { recommendedLabels, type Identity } from './component';

export interface ConfigFilesProps {
  readonly identity: Identity;
  readonly namespace: string;
  /** Content by file name. */
  readonly files: Readonly<Record<string, string>>;
  /** Labels besides the recommended ones. @default - none */
  readonly labels?: Readonly<Record<string, string>>;
}

/** Files for a container. Its name is stable; what mounts it carries its digest, so that a change rolls the pods. */
export class ConfigFiles extends Construct {
  readonly name: string;
  /** Changes exactly when a file does. */
  readonly digest: string;

  constructor(scope: Construct, id: string, props: ConfigFilesProps) {
    super(scope, id);
    this.name = props.identity.name;
    this.digest = createHash('sha256').update(JSON.stringify(props.files)).digest('hex').slice(0, 16);
    new KubeConfigMap(this, 'map', {
      metadata: {
        name: this.name,
        namespace: props.namespace,
        labels: { ...recommendedLabels(props.identity), ...props.labels },
      },
      data: props.files,
    });
  }
}
