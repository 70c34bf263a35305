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
import type { Catalogue } from '../monitoring/catalogue';
import type { SecretReference } from '../monitoring/model/receiver';
import type { LabelMatcher, Route } from '../monitoring/model/route';
import { recommendedLabels, type Component } from './component';
import { imageVersion, images } from './images';
import { receiverFields } from './notification-channels';
import { apart, restrictedPod, volume } from './prometheus';
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

export interface AlertmanagerProps extends AlertmanagerSettings {
  readonly namespace: string;
  readonly catalogue: Catalogue;
}

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

  constructor(scope: Construct, id: string, props: AlertmanagerProps) {
    super(scope, id);
    const { namespace, catalogue } = props;
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
      spec: routing(catalogue),
    });
    const { mail } = catalogue.environment.notifications;
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
        externalUrl: catalogue.environment.urls.alertmanager,
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
}

function routing(catalogue: Catalogue): AlertmanagerConfigSpec {
  return {
    route: route(catalogue.route),
    receivers: catalogue.receivers.map(({ name, channels }) => ({
      name,
      ...receiverFields(channels, catalogue.notificationContext, secretSelector),
    })),
    inhibitRules: catalogue.inhibitions.map(({ causes, consequences, equal, present = [] }) => ({
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
