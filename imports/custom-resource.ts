import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { ApiObject, type ApiObjectMetadata } from 'cdk8s';
import type { Construct } from 'constructs';
import { problems, type StructuralSchema } from './structural-schema';

/** An object would be refused, or silently cut, by an API server that has its kind. */
export class InvalidObjectError extends Error {
  override readonly name = 'InvalidObjectError';

  constructor(
    /** `Kind namespace/name` */
    readonly object: string,
    readonly problems: readonly string[],
  ) {
    super(`${object} is not valid:\n${problems.map((line) => `  - ${line}`).join('\n')}`);
  }
}

/** Which kind a class stands for. */
export interface GroupVersionKind {
  readonly group: string;
  readonly version: string;
  readonly kind: string;
}

/** Metadata and spec of a custom resource, as typed by its own package. */
export interface CustomResourceProps<Spec> {
  readonly metadata?: ApiObjectMetadata;
  readonly spec: Spec;
}

const schemas = new Map<string, StructuralSchema>();

/**
 * An object of a custom kind. When it is written it is held to the schema of its CustomResourceDefinition, so that a
 * wrong field stops synthesis and not, much later, a deployment.
 */
export abstract class CustomResource<Spec> extends ApiObject {
  private readonly schema: StructuralSchema;

  constructor(scope: Construct, id: string, type: GroupVersionKind, props: CustomResourceProps<Spec>) {
    super(scope, id, { apiVersion: `${type.group}/${type.version}`, kind: type.kind, ...props });
    this.schema = schemaOf(type);
  }

  /** @throws InvalidObjectError naming the object and every wrong field with its value. */
  override toJson(): unknown {
    const json = super.toJson() as { readonly metadata?: unknown };
    // The API server checks metadata against its own rules, not against the definition's schema.
    const found = problems(this.schema, { ...json, metadata: {} });
    if (found.length > 0) {
      const namespace = this.metadata.namespace ? `${this.metadata.namespace}/` : '';
      throw new InvalidObjectError(`${this.kind} ${namespace}${this.name}`, found);
    }
    return json;
  }
}

/** The committed schema of a kind; `npm run import` writes it. */
export function schemaOf({ group, version, kind }: GroupVersionKind): StructuralSchema {
  const key = `${group}/${version}/${kind}`;
  const known = schemas.get(key);
  if (known) return known;
  const path = join(__dirname, 'schemas', group, `${kind}.json`);
  const versions = JSON.parse(readFileSync(path, 'utf8')) as Record<string, StructuralSchema>;
  const schema = versions[version];
  if (!schema) throw new Error(`${path} has no version ${version}, only ${Object.keys(versions).join(', ')}`);
  schemas.set(key, schema);
  return schema;
}
