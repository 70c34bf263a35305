import { has, ofKind, type Check } from './manifest';

/** A ServiceMonitor that finds no Service is no error to anybody: the job just never exists. */
export const monitorsFindServices: Check = (objects) => {
  const services = ofKind(objects, 'Service');
  const readers = ofKind(objects, 'Prometheus');
  return ofKind(objects, 'ServiceMonitor', 'ScrapeConfig', 'PrometheusRule').flatMap((object) => {
    const field = { ServiceMonitor: 'serviceMonitor', ScrapeConfig: 'scrapeConfig', PrometheusRule: 'rule' }[
      object.kind
    ] as string;
    const wanted = readers.map(({ spec }) => spec[`${field}Selector`]?.matchLabels as Record<string, string>);
    if (readers.length > 0 && !wanted.some((labels) => has(object.metadata.labels, labels))) {
      return [{ object, message: `no Prometheus selects it: they ask for ${JSON.stringify(wanted)}` }];
    }
    if (object.kind !== 'ServiceMonitor') return [];
    const labels = object.spec.selector.matchLabels as Record<string, string>;
    const found = services.filter(
      ({ metadata }) => metadata.namespace === object.metadata.namespace && has(metadata.labels, labels),
    );
    if (found.length === 0)
      return [{ object, message: `selects no Service: none has the labels ${JSON.stringify(labels)}` }];
    const ports = found.flatMap(({ spec }) => (spec.ports as { name: string }[]).map(({ name }) => name));
    return (object.spec.endpoints as { port: string }[])
      .filter(({ port }) => !ports.includes(port))
      .map(({ port }) => ({
        object,
        message: `reads port "${port}", which Service ${found[0]?.metadata.name} does not have (${ports.join(', ')})`,
      }));
  });
};
