import { schemaOf } from '../../imports/custom-resource';
import { problems } from '../../imports/structural-schema';
import { ofKind, type Check } from './manifest';

interface Route {
  readonly receiver?: string;
  readonly routes?: readonly Route[];
}

interface ConfigSpec {
  readonly route: Route;
  readonly receivers: readonly { readonly name: string }[];
}

interface AlertmanagerSpec {
  readonly alertmanagerConfiguration?: { readonly name: string };
}

/** prometheus-operator leaves out a whole AlertmanagerConfig when one route names a receiver that it lacks. */
export const routesLeadToReceivers: Check = (objects) => {
  const configs = ofKind<ConfigSpec>(objects, 'AlertmanagerConfig');
  const dangling = configs.flatMap((object) => {
    const receivers = object.spec.receivers.map(({ name }) => name);
    return named(object.spec.route)
      .filter((name) => !receivers.includes(name))
      .map((name) => ({
        object,
        message: `routes to receiver "${name}", which is none of ${receivers.join(', ')}`,
      }));
  });
  const unrouted = ofKind<AlertmanagerSpec>(objects, 'Alertmanager').flatMap((object) => {
    const name = object.spec.alertmanagerConfiguration?.name;
    return configs.some(
      ({ metadata }) => metadata.namespace === object.metadata.namespace && metadata.name === name,
    )
      ? []
      : [{ object, message: `takes its routing from AlertmanagerConfig "${name}", which does not exist` }];
  });
  const misspelt = configs.flatMap((object) =>
    malformed(object.spec.route, 'spec.route').map((message) => ({ object, message })),
  );
  return [...dangling, ...misspelt, ...unrouted];
};

/**
 * What is wrong with the routes below the first. Their own schema says nothing about them, being recursive; a
 * misspelt field there would be ignored, and the route would match everything.
 */
function malformed(route: Route, path: string): string[] {
  const own = schemaOf({ group: 'monitoring.coreos.com', version: 'v1alpha1', kind: 'AlertmanagerConfig' });
  const schema = own.properties?.['spec']?.properties?.['route'];
  return (route.routes ?? []).flatMap((child, index) => {
    const at = `${path}.routes[${index}]`;
    return [...(schema ? problems(schema, child, at) : []), ...malformed(child, at)];
  });
}

function named({ receiver, routes = [] }: Route): string[] {
  return [...(receiver === undefined ? [] : [receiver]), ...routes.flatMap(named)];
}
