import { Lazy } from 'cdk8s';
import {
  IntOrString,
  KubePodDisruptionBudget,
  KubeService,
  KubeServiceAccount,
} from 'cdk8s-plus-27/lib/imports/k8s';
import { Construct } from 'constructs';
import {
  Alertmanager as AlertmanagerResource,
  AlertmanagerConfig,
  type AlertmanagerConfigSpec,
} from '../imports/monitoring.coreos.com';
import type { MailServer } from '../monitoring/environment';
import type { NotificationContext, Receiver, SecretReference } from '../monitoring/model/receiver';
import type { Inhibition, LabelMatcher, Route } from '../monitoring/model/route';
import { recommendedLabels, type Component } from './component';
import { imageVersion, images } from './images';
import { receiverFields } from './notification-channels';
import { apart, restrictedPod, volume } from './operated-pod';
import { plainResources, type Resources } from './resources';
import { notificationSecret } from './secret-key';

/** Size and shape of an Alertmanager. */
export interface AlertmanagerSettings {
  /** How many know of each other, so that one may be lost; three where it matters. */
  readonly replicas: number;
  /** Size of the volume for silences and what has been told. @default - none, both are lost with the pod */
  readonly storage?: string;
  /** @default - that which the cluster gives to who asks for none */
  readonly storageClass?: string;
  readonly resources: Resources;
}

/** Who is told of what. The catalogue of an environment is one. */
export interface Routing {
  readonly route: Route;
  readonly receivers: readonly Receiver[];
  /** @default - nothing is muted */
  readonly inhibitions?: readonly Inhibition[];
  readonly notificationContext: NotificationContext;
}

export interface AlertmanagerProps extends AlertmanagerSettings {
  readonly namespace: string;
  /** Address under which people reach it; links in notifications start with it. */
  readonly url: string;
  readonly mail: MailServer;
  readonly routing: Routing;
}

/** How often somebody is told; what it leaves out is as for everybody else. */
export type Pace = Pick<Route, 'groupBy' | 'groupWait' | 'groupInterval' | 'repeatInterval'>;

const resourceName = 'chatroom';

type MatcherResource = NonNullable<
  NonNullable<AlertmanagerConfigSpec['inhibitRules']>[number]['sourceMatch']
>[number];

/**
 * Alertmanager with the routing of the model.
 *
 * The routing is the global configuration, not one of the AlertmanagerConfigs that are merged into it: those only ever
 * see alerts that carry their own namespace as a label, which an alert about a host or about a missing job does not.
 * Teams may still add theirs in their own namespaces; they hear of their own alerts, and cannot break or capture ours.
 */
export class Alertmanager extends Construct implements Component {
  readonly name = 'alertmanager';
  readonly namespace: string;
  readonly selector = {
    'app.kubernetes.io/name': 'alertmanager',
    'app.kubernetes.io/instance': resourceName,
  };
  readonly ports = { web: 9093, 'mesh-tcp': 9094, 'mesh-udp': 9094 };
  private readonly added: { readonly receiver: Receiver; readonly route: Route }[] = [];

  constructor(
    scope: Construct,
    id: string,
    private readonly props: AlertmanagerProps,
  ) {
    super(scope, id);
    const { namespace, mail } = props;
    this.namespace = namespace;
    const labels = recommendedLabels({
      name: this.name,
      component: 'notifications',
      image: images.alertmanager,
    });
    const metadata = { name: this.name, namespace, labels };
    new KubeServiceAccount(this, 'account', { metadata, automountServiceAccountToken: false });
    new KubeService(this, 'service', {
      metadata,
      spec: {
        selector: this.selector,
        ports: [{ name: 'web', port: this.ports.web, targetPort: IntOrString.fromString('web') }],
        sessionAffinity: 'ClientIP',
      },
    });
    if (props.replicas > 1) {
      new KubePodDisruptionBudget(this, 'budget', {
        metadata,
        spec: { selector: { matchLabels: this.selector }, maxUnavailable: IntOrString.fromNumber(1) },
      });
    }
    new AlertmanagerConfig(this, 'routing', {
      metadata: { name: resourceName, namespace, labels },
      spec: Lazy.any({ produce: () => routingSpec(this.routing()) }) as AlertmanagerConfigSpec,
    });
    new AlertmanagerResource(this, 'alertmanager', {
      metadata: { name: resourceName, namespace, labels },
      spec: {
        image: images.alertmanager,
        version: imageVersion(images.alertmanager),
        podMetadata: {
          labels: { 'app.kubernetes.io/component': 'notifications', 'app.kubernetes.io/part-of': 'chatroom' },
        },
        serviceAccountName: this.name,
        automountServiceAccountToken: false,
        replicas: props.replicas,
        externalUrl: props.url,
        alertmanagerConfiguration: {
          name: resourceName,
          global: {
            smtp: {
              smartHost: hostPort(mail.smarthost),
              from: mail.from,
              requireTLS: mail.requireTls ?? true,
              ...(mail.authentication && {
                authUsername: mail.authentication.username,
                authPassword: secretSelector(mail.authentication.password),
              }),
            },
          },
        },
        alertmanagerConfigSelector: { matchLabels: { alertmanager: resourceName } },
        alertmanagerConfigNamespaceSelector: {},
        alertmanagerConfigMatcherStrategy: { type: 'OnNamespace' },
        resources: plainResources(props.resources),
        securityContext: restrictedPod,
        ...(props.storage && { storage: volume(props.storage, props.storageClass) }),
        ...(props.replicas > 1 && { affinity: apart(this.selector) }),
      },
    });
  }

  /**
   * Tells somebody else as well, whoever else is told.
   *
   * @param about - what an alert must meet to be told, all of it; nothing means every alert
   * @throws Error when there is a receiver of that name, or it can be reached in no way
   */
  addReceiver(receiver: Receiver, about: readonly LabelMatcher[], pace: Pace = {}): void {
    const { name, channels } = receiver;
    if (this.routing().receivers.some((known) => known.name === name)) {
      throw new Error(
        `receiver "${name}" of Alertmanager ${this.namespace}/${resourceName} is there already`,
      );
    }
    if (channels.length === 0) {
      throw new Error(`receiver "${name}" has no channel, and nobody would be told`);
    }
    this.added.push({ receiver, route: { receiver: name, matchers: about, ...pace, continue: true } });
  }

  private routing(): Routing {
    const { routing } = this.props;
    if (this.added.length === 0) return routing;
    const { routes: _, ...everybody } = routing.route;
    return {
      ...routing,
      receivers: [...routing.receivers, ...this.added.map(({ receiver }) => receiver)],
      // What nobody else is told goes to the first of a tree, and must go on doing so.
      route: { ...everybody, routes: [...this.added.map(({ route }) => route), routing.route] },
    };
  }
}

function routingSpec({ inhibitions = [], ...given }: Routing): AlertmanagerConfigSpec {
  return {
    route: route(given.route),
    receivers: given.receivers.map(({ name, channels }) => ({
      name,
      ...receiverFields(channels, given.notificationContext, secretSelector),
    })),
    inhibitRules: inhibitions.map(({ causes, consequences, equal, present = [] }) => ({
      sourceMatch: [alertnames(causes), ...present.map((label) => matcher({ label, op: '=~', value: '.+' }))],
      targetMatch: [alertnames(consequences)],
      equal: [...equal],
    })),
  };
}

function route({ matchers, routes, groupBy, ...rest }: Route): Record<string, unknown> {
  return {
    ...rest,
    ...(groupBy && { groupBy: [...groupBy] }),
    ...(matchers && { matchers: matchers.map(matcher) }),
    ...(routes && { routes: routes.map(route) }),
  };
}

function matcher({ label, op, value }: LabelMatcher): MatcherResource {
  return { name: label, matchType: op, value };
}

function alertnames(names: readonly string[]): MatcherResource {
  return { name: 'alertname', matchType: names.length === 1 ? '=' : '=~', value: names.join('|') };
}

function secretSelector({ key }: SecretReference) {
  return { name: notificationSecret, key };
}

function hostPort(address: string): { host: string; port: string } {
  const [, host = address, port = ''] = /^(.*):(\d+)$/.exec(address) ?? [];
  return { host, port };
}
