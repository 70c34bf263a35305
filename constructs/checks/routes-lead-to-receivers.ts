import { ofKind, type Check } from './manifest';

interface Route {
  readonly receiver?: string;
  readonly routes?: readonly Route[];
}

/** prometheus-operator leaves out a whole AlertmanagerConfig when one route names a receiver that it lacks. */
export const routesLeadToReceivers: Check = (objects) => [
  ...ofKind(objects, 'AlertmanagerConfig').flatMap((object) => {
    const receivers = (object.spec.receivers as { name: string }[]).map(({ name }) => name);
    return named(object.spec.route as Route)
      .filter((name) => !receivers.includes(name))
      .map((name) => ({
        object,
        message: `routes to receiver "${name}", which is none of ${receivers.join(', ')}`,
      }));
  }),
  ...ofKind(objects, 'Alertmanager').flatMap((object) => {
    const name = object.spec.alertmanagerConfiguration?.name as string | undefined;
    const configs = ofKind(objects, 'AlertmanagerConfig').filter(
      ({ metadata }) => metadata.namespace === object.metadata.namespace,
    );
    return configs.some(({ metadata }) => metadata.name === name)
      ? []
      : [{ object, message: `takes its routing from AlertmanagerConfig "${name}", which does not exist` }];
  }),
];

function named({ receiver, routes = [] }: Route): string[] {
  return [...(receiver === undefined ? [] : [receiver]), ...routes.flatMap(named)];
}
