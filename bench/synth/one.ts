/** Synthesizes the monitoring of a number of services once, in a process of its own, and prints what it took. */
import { mkdtempSync, readdirSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { App, Chart } from 'cdk8s';
import { Construct } from 'constructs';
import {
  Board,
  OpenToPrometheus,
  problemsOf,
  RuleGroup,
  ServiceScrape,
  writeManifests,
} from '../../constructs/library';
import type { SynthFigures } from './figures';

/** What examples/another-service writes for one service, under a name of its own. */
function watch(chart: Chart, name: string): void {
  const scope = new Construct(chart, name);
  const requests = `sum(rate(${name}_requests_total[5m]))`;
  const failing = {
    alert: 'Failing',
    expr: `sum(rate(${name}_requests_total{status=~"5.."}[5m])) / ${requests} > 0.05`,
    for: '5m',
    labels: { severity: 'warning', service: name },
    annotations: { summary: '{{ $value | humanizePercentage }} of the requests fail' },
  };
  const dashboard = {
    uid: name,
    panels: [{ type: 'timeseries', title: 'Requests', targets: [{ refId: 'A', expr: requests }] }],
  };
  new OpenToPrometheus(scope, 'open', { namespace: name, port: 8080 });
  new ServiceScrape(scope, 'scrape', { job: name, namespace: name, port: 'http' });
  new RuleGroup(scope, 'alerts', { namespace: name, group: { name, rules: [failing] } });
  new Board(scope, 'board', { namespace: name, file: `${name}.json`, dashboard });
}

const services = Number(process.argv[2]);
const folder = mkdtempSync(join(tmpdir(), 'bench-synth-'));
try {
  const began = performance.now();
  const app = new App({ outdir: folder });
  const chart = new Chart(app, 'services');
  for (let index = 0; index < services; index += 1) watch(chart, `service${index}`);
  // All checks run. What they would say is about Services and namespaces that belong to somebody else.
  const objects = writeManifests(app, (all) => void problemsOf(all));
  const seconds = (performance.now() - began) / 1_000;
  const bytes = readdirSync(folder).reduce((sum, file) => sum + statSync(join(folder, file)).size, 0);
  const figures: SynthFigures = {
    services,
    objects: objects.length,
    seconds,
    megabytes: process.resourceUsage().maxRSS / 1_024,
    bytes,
  };
  process.stdout.write(`${JSON.stringify(figures)}\n`);
} finally {
  rmSync(folder, { recursive: true, force: true });
}
