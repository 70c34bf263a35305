/** Watches somebody else's service with the Prometheus, Alertmanager and Grafana of this project. */
import { App, Chart } from 'cdk8s';
import { Board, OpenToPrometheus, RuleGroup, ServiceScrape } from '../../constructs/library';

const namespace = 'orders';
const failures = 'sum(rate(orders_requests_total{status=~"5.."}[5m]))';
const requests = 'sum(rate(orders_requests_total[5m]))';

export function orders(app: App): Chart {
  const chart = new Chart(app, 'orders');
  new OpenToPrometheus(chart, 'open', { namespace, port: 8080 });
  new ServiceScrape(chart, 'scrape', { job: 'orders', namespace, port: 'http', selector: { app: 'orders' } });

  const failing = {
    alert: 'OrdersFailing',
    expr: `${failures} / ${requests} > 0.05 and ${requests} > 0.1`,
    for: '5m',
    labels: { severity: 'warning', service: 'orders' },
    annotations: { summary: '{{ $value | humanizePercentage }} of the orders fail' },
  };
  new RuleGroup(chart, 'alerts', { namespace, group: { name: 'orders', rules: [failing] } });

  const panel = {
    type: 'timeseries',
    title: 'Orders per second',
    gridPos: { x: 0, y: 0, w: 24, h: 8 },
    datasource: { type: 'prometheus', uid: 'prometheus' },
    targets: [{ refId: 'A', expr: requests, legendFormat: 'orders' }],
  };
  const dashboard = { uid: 'orders', title: 'Orders', schemaVersion: 41, panels: [panel] };
  new Board(chart, 'board', { file: 'orders.json', dashboard });
  return chart;
}

const app = new App();
orders(app);
if (require.main === module) app.synth();
