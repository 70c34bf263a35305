/** The part of a CustomResourceDefinition's schema that decides whether a value is right. */
export interface StructuralSchema {
  readonly type?: 'object' | 'array' | 'string' | 'integer' | 'number' | 'boolean';
  readonly properties?: Readonly<Record<string, StructuralSchema>>;
  readonly additionalProperties?: StructuralSchema;
  readonly items?: StructuralSchema;
  readonly required?: readonly string[];
  readonly enum?: readonly unknown[];
  readonly pattern?: string;
  readonly minimum?: number;
  readonly maximum?: number;
  readonly minLength?: number;
  readonly maxLength?: number;
  readonly minItems?: number;
  readonly maxItems?: number;
  readonly nullable?: boolean;
  readonly 'x-kubernetes-int-or-string'?: boolean;
  readonly 'x-kubernetes-preserve-unknown-fields'?: boolean;
}

/**
 * What an API server with this schema would object to, one line for each field: path, value, what is wrong. Unlike
 * the API server, which drops unknown fields from an object without a word, this names them.
 */
export function problems(schema: StructuralSchema, value: unknown, path = ''): string[] {
  const object = (what: string) => [`${path || '(object)'} = ${quote(value)}: ${what}`];
  if (value === null) return schema.nullable ? [] : object('must not be null');
  if (schema['x-kubernetes-int-or-string']) {
    return typeof value === 'string' || Number.isInteger(value)
      ? limits(schema, value, object)
      : object('must be an integer or a string');
  }
  switch (schema.type) {
    case 'object':
      return isRecord(value) ? fields(schema, value, path) : object('must be an object');
    case 'array':
      if (!Array.isArray(value)) return object('must be a list');
      return [
        ...limits(schema, value, object),
        ...value.flatMap((item, index) =>
          schema.items ? problems(schema.items, item, `${path}[${index}]`) : [],
        ),
      ];
    case 'integer':
      return Number.isInteger(value) ? limits(schema, value, object) : object('must be a whole number');
    case 'string':
    case 'number':
    case 'boolean':
      return typeof value === schema.type
        ? limits(schema, value, object)
        : object(`must be a ${schema.type}`);
    case undefined:
      return [];
  }
}

function fields(schema: StructuralSchema, value: Record<string, unknown>, path: string): string[] {
  const at = (field: string) => (path ? `${path}.${field}` : field);
  const missing = (schema.required ?? []).filter((field) => value[field] === undefined);
  return [
    ...missing.map((field) => `${at(field)}: is required`),
    ...Object.entries(value).flatMap(([field, child]) => {
      if (child === undefined) return [];
      const known = schema.properties?.[field] ?? schema.additionalProperties;
      if (known) return problems(known, child, at(field));
      const open = schema['x-kubernetes-preserve-unknown-fields'] || !schema.properties;
      return open ? [] : [`${at(field)} = ${quote(child)}: no such field${suggestion(field, schema)}`];
    }),
  ];
}

function limits(schema: StructuralSchema, value: unknown, problem: (what: string) => string[]): string[] {
  if (schema.enum && !schema.enum.includes(value)) {
    return problem(`must be one of ${schema.enum.map(String).join(', ')}`);
  }
  if (typeof value === 'string') {
    if (schema.pattern && !new RegExp(schema.pattern).test(value))
      return problem(`must match ${schema.pattern}`);
    if (value.length < (schema.minLength ?? 0)) return problem(`must have ${schema.minLength} characters`);
    if (value.length > (schema.maxLength ?? Infinity))
      return problem(`must have at most ${schema.maxLength} characters`);
  }
  if (typeof value === 'number') {
    if (value < (schema.minimum ?? -Infinity)) return problem(`must be at least ${schema.minimum}`);
    if (value > (schema.maximum ?? Infinity)) return problem(`must be at most ${schema.maximum}`);
  }
  if (Array.isArray(value)) {
    if (value.length < (schema.minItems ?? 0)) return problem(`must have ${schema.minItems} items`);
    if (value.length > (schema.maxItems ?? Infinity))
      return problem(`must have at most ${schema.maxItems} items`);
  }
  return [];
}

/** The known field that differs only in case, in one letter or in the order of two, if there is one. */
function suggestion(field: string, schema: StructuralSchema): string {
  const near = Object.keys(schema.properties ?? {}).find(
    (known) => known.toLowerCase() === field.toLowerCase() || isSlip(known, field),
  );
  return near ? `; did you mean ${near}?` : '';
}

/** Whether one word becomes the other by changing, adding, dropping or swapping one letter. */
function isSlip(a: string, b: string): boolean {
  const [short, long] = a.length <= b.length ? [a, b] : [b, a];
  const at = [...long].findIndex((letter, index) => short[index] !== letter);
  if (at < 0 || long.length - short.length > 1) return false;
  if (long.length > short.length) return short.slice(at) === long.slice(at + 1);
  const changed = short.slice(at + 1) === long.slice(at + 1);
  const swapped =
    short[at] === long[at + 1] && short[at + 1] === long[at] && short.slice(at + 2) === long.slice(at + 2);
  return changed || swapped;
}

function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

function quote(value: unknown): string {
  const text = JSON.stringify(value) ?? String(value);
  return text.length > 120 ? `${text.slice(0, 117)}...` : text;
}
