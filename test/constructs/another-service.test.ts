import { App, Testing } from 'cdk8s';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { orders } from '../../examples/another-service/main';
import type { Manifest } from '../../constructs/checks/manifest';
import { nameOf } from '../../constructs/checks/manifest';

describe('the example that watches another service', () => {
  const objects = Testing.synth(orders(new App())) as Manifest[];

  it('is a job, an alert and a board, and the way there', () => {
    expect(objects.map(nameOf)).toEqual([
      'Role orders/prometheus',
      'RoleBinding orders/prometheus',
      'NetworkPolicy monitoring/prometheus-to-orders',
      'ServiceMonitor orders/orders',
      'PrometheusRule orders/orders',
      'ConfigMap monitoring/board-orders',
    ]);
  });

  it('is found by our Prometheus', () => {
    for (const kind of ['ServiceMonitor', 'PrometheusRule']) {
      const object = objects.find((candidate) => candidate.kind === kind);
      expect(object?.metadata.labels?.['prometheus']).toBe('chatroom');
    }
  });

  it('takes less than 40 lines', () => {
    const file = join(__dirname, '..', '..', 'examples', 'another-service', 'main.ts');
    expect(readFileSync(file, 'utf8').trimEnd().split('\n').length).toBeLessThan(40);
  });
});
