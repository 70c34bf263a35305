import { has, ofKind, type Check, type Labels } from './manifest';

interface MonitorSpec {
  readonly selector: { readonly matchLabels: Labels };
  readonly endpoints: readonly { readonly port: string }[];
}

interface ServiceSpec {
  readonly ports: readonly { readonly name: string }[];
}

/** The field of a Prometheus that selects a kind. */
const selectorFields = {
  ServiceMonitor: 'serviceMonitorSelector',
  ScrapeConfig: 'scrapeConfigSelector',
  PrometheusRule: 'ruleSelector',
} as const;

type PrometheusSpec = Readonly<Record<string, { readonly matchLabels?: Labels } | undefined>>;

/** What no Prometheus selects, and a monitor that finds no Service, are no error to anybody: they just do not exist. */
export const monitorsFindServices: Check = (objects) => {
  const readers = ofKind<PrometheusSpec>(objects, 'Prometheus');
  const unread = Object.entries(selectorFields).flatMap(([kind, field]) =>
    ofKind(objects, kind).flatMap((object) => {
      // Without a selector a Prometheus selects nothing of the kind; with an empty one, everything.
      const wanted = readers.flatMap(({ spec }) => (spec[field] ? [spec[field].matchLabels ?? {}] : []));
      return readers.length === 0 || wanted.some((labels) => has(object.metadata.labels, labels))
        ? []
        : [{ object, message: `no Prometheus selects it: they ask for ${JSON.stringify(wanted)}` }];
    }),
  );
  const services = ofKind<ServiceSpec>(objects, 'Service');
  const lost = ofKind<MonitorSpec>(objects, 'ServiceMonitor').flatMap((object) => {
    const labels = object.spec.selector.matchLabels;
    const found = services.filter(
      ({ metadata }) => metadata.namespace === object.metadata.namespace && has(metadata.labels, labels),
    );
    if (found.length === 0) {
      return [{ object, message: `selects no Service: none has the labels ${JSON.stringify(labels)}` }];
    }
    const ports = found.flatMap(({ spec }) => spec.ports.map(({ name }) => name));
    return object.spec.endpoints
      .filter(({ port }) => !ports.includes(port))
      .map(({ port }) => ({
        object,
        message: `reads port "${port}", which Service ${found[0]?.metadata.name} does not have (${ports.join(', ')})`,
      }));
  });
  return [...unread, ...lost];
};
