import { ofKind, podTemplates, type Check, type Manifest } from './manifest';

/** Names of accounts, roles, ConfigMaps and namespaces that nothing has keep pods from starting. */
export const referencesExist: Check = (objects) => {
  const known = new Set(
    objects.map(({ kind, metadata }) => `${kind} ${metadata.namespace ?? ''}/${metadata.name}`),
  );
  const lacks = (object: Manifest, kind: string, namespace: string, name: string) =>
    known.has(`${kind} ${namespace}/${name}`)
      ? []
      : [
          {
            object,
            message: `refers to ${kind} ${namespace ? `${namespace}/` : ''}${name}, which does not exist`,
          },
        ];
  return [
    ...objects.flatMap((object) =>
      object.metadata.namespace && object.metadata.namespace !== 'default'
        ? lacks(object, 'Namespace', '', object.metadata.namespace)
        : [],
    ),
    ...podTemplates(objects).flatMap(({ owner, namespace, spec }) => [
      ...lacks(owner, 'ServiceAccount', namespace, spec.serviceAccountName),
      ...(spec.volumes ?? []).flatMap(({ configMap }) =>
        configMap ? lacks(owner, 'ConfigMap', namespace, configMap.name) : [],
      ),
    ]),
    ...ofKind(objects, 'RoleBinding', 'ClusterRoleBinding').flatMap((object) => {
      const { kind, name } = object['roleRef'] as { kind: string; name: string };
      const subjects = object['subjects'] as { kind: string; name: string; namespace: string }[];
      return [
        ...lacks(object, kind, kind === 'Role' ? (object.metadata.namespace ?? '') : '', name),
        // Accounts of a namespace that is not written here are somebody else's.
        ...subjects
          .filter(({ namespace }) => known.has(`Namespace /${namespace}`))
          .flatMap((subject) => lacks(object, subject.kind, subject.namespace, subject.name)),
      ];
    }),
  ];
};
