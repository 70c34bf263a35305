import { execFileSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Panel } from '@grafana/grafana-foundation-sdk/dashboard';
import { boards, plans } from '../../../monitoring/dashboards';
import { panelQueries, panelsOf, targetsOf } from '../../../monitoring/dashboards/queries';
import { units } from '../../../monitoring/dashboards/units';
import { production } from '../../../monitoring/environments/production';
import { jobs } from '../../../monitoring/jobs';
import { alertMetrics } from '../../../monitoring/metrics/alerts';
import { processMetrics } from '../../../monitoring/metrics/process';
import { targetMetrics } from '../../../monitoring/metrics/target';
import type { Board } from '../../../monitoring/model/dashboard';
import { seriesNames, type Metric } from '../../../monitoring/model/metric';
import { locales } from '../../../monitoring/model/text';
import { prometheusDatasource } from '../../../monitoring/render/grafana';
import { recordingGroups } from '../../../monitoring/rules/recordings';
import { namesInQuery } from './names-in-query';

const every = locales.flatMap((locale) =>
  boards({ ...production, locale }).map((board): [string, Board] => [`${board.uid} in ${locale}`, board]),
);
const each = new Map(every);

const known = new Map(
  [
    ...jobs.flatMap((job): readonly Metric[] => job.metrics),
    ...targetMetrics,
    ...alertMetrics,
    ...processMetrics,
    ...recordingGroups.flatMap((group): readonly Metric[] => group.recordings),
  ].flatMap((metric) => seriesNames(metric).map((name): [string, Metric] => [name, metric])),
);

function panels({ dashboard }: Board): readonly Panel[] {
  return panelsOf(dashboard.panels ?? []);
}

const titles = (list: readonly Panel[]) => list.map(({ title }) => title);

test('there are boards to check, in every language', () => {
  expect(each.size).toBeGreaterThanOrEqual(2);
  expect(each.size).toBe(plans.length * locales.length);
});

test('every board has its own uid, which fits into Grafana', () => {
  const uids = plans.map(({ uid }) => uid);
  expect(new Set(uids).size).toBe(uids.length);
  expect(uids.filter((uid) => uid.length > 40)).toEqual([]);
});

test('a board says the same in both languages except for its texts', () => {
  const [chinese, english] = locales.map((locale) =>
    boards({ ...production, locale }).map((board) =>
      panelQueries(board).map(({ expr, refId }) => [refId, expr]),
    ),
  );
  expect(chinese).toEqual(english);
});

test('the datasource boards ask for is the one that is provisioned', () => {
  for (const board of each.values()) {
    const variable = board.dashboard.templating?.list?.find(({ name }) => name === 'datasource');
    expect(variable).toMatchObject({ type: 'datasource', query: 'prometheus' });
    expect(variable?.current).toMatchObject({ value: prometheusDatasource.uid });
  }
});

describe.each(every)('%s', (_name, board) => {
  const { dashboard } = board;

  test('states what Grafana needs to know about it', () => {
    expect(dashboard).toMatchObject({
      uid: board.uid,
      title: expect.stringMatching(/\S/) as string,
      schemaVersion: 36,
      editable: false,
      timezone: 'browser',
      refresh: '30s',
      time: { from: 'now-1h', to: 'now' },
      tags: ['chatroom'],
    });
    expect(JSON.parse(JSON.stringify(dashboard))).toEqual(dashboard);
  });

  test('asks the chosen datasource in every panel, query, variable and annotation', () => {
    const chosen = { type: 'prometheus', uid: '${datasource}' };
    const asked = [
      ...panels(board).flatMap((panel) => [panel.datasource, ...targetsOf(panel).map((t) => t.datasource)]),
      ...(dashboard.templating?.list ?? [])
        .filter(({ query }) => query !== 'prometheus')
        .map((v) => v.datasource),
      ...(dashboard.annotations?.list ?? []).map((annotation) => annotation.datasource),
    ];
    expect(asked.filter((datasource) => JSON.stringify(datasource) !== JSON.stringify(chosen))).toEqual([]);
    expect(asked.length).toBeGreaterThan(panels(board).length);
  });

  test('gives every panel a title, an explanation, a query and a unit that renderers know', () => {
    const bare = panels(board).filter(
      ({ title, description, targets, fieldConfig }) =>
        !title ||
        !description ||
        !targets?.length ||
        !Object.values<string | undefined>(units).includes(fieldConfig?.defaults.unit),
    );
    expect(titles(bare)).toEqual([]);
  });

  test('numbers its panels and headings without repetition', () => {
    const ids = (dashboard.panels ?? []).map(({ id }) => id);
    expect(ids).not.toContain(undefined);
    expect(new Set(ids).size).toBe(ids.length);
  });

  test('lays its panels out side by side, none over another or past the edge', () => {
    const taken = new Map<string, string>();
    for (const { gridPos, title = '' } of dashboard.panels ?? []) {
      if (!gridPos) throw new Error(`${title} has no place`);
      expect(gridPos.x + gridPos.w).toBeLessThanOrEqual(24);
      for (let x = gridPos.x; x < gridPos.x + gridPos.w; x++) {
        for (let y = gridPos.y; y < gridPos.y + gridPos.h; y++) {
          const cell = `${x},${y}`;
          expect([cell, taken.get(cell), title]).toEqual([cell, undefined, title]);
          taken.set(cell, title);
        }
      }
    }
  });

  test('calls no two queries of a panel the same', () => {
    for (const panel of panels(board)) {
      const legends = targetsOf(panel).map(({ legendFormat }) => legendFormat);
      expect(legends.filter((legend) => !legend)).toEqual([]);
      expect([panel.title, new Set(legends).size]).toEqual([panel.title, legends.length]);
    }
  });

  test('names in its queries only metrics that are exposed, and labels they have', () => {
    for (const { expr, panel } of panelQueries(board)) {
      const { metrics, groupings } = namesInQuery(expr);
      expect([panel, metrics.length]).not.toEqual([panel, 0]);
      const labelsAround = new Set(['job', 'instance', 'le']);
      for (const { name, labels } of metrics) {
        const metric = known.get(name);
        if (!metric) throw new Error(`${panel} asks for ${name}, which no exporter exposes: ${expr}`);
        const allowed = new Set([
          'job',
          'instance',
          ...metric.labels,
          ...(name.endsWith('_bucket') ? ['le'] : []),
        ]);
        expect([name, labels.filter((label) => !allowed.has(label))]).toEqual([name, []]);
        metric.labels.forEach((label) => labelsAround.add(label));
      }
      expect([expr, groupings.filter((label) => !labelsAround.has(label))]).toEqual([expr, []]);
    }
  });

  test('names in its legends only labels that its queries leave', () => {
    for (const { expr, legend, panel } of panelQueries(board)) {
      const labels = [...legend.matchAll(/\{\{(\w+)\}\}/g)].map(([, label]) => label ?? '');
      const { metrics, groupings } = namesInQuery(expr);
      const left = new Set([
        'job',
        'instance',
        ...groupings,
        ...metrics.flatMap(({ name }) => known.get(name)?.labels ?? []),
      ]);
      expect([panel, labels.filter((label) => !left.has(label))]).toEqual([panel, []]);
    }
  });

  test('rates every counter it shows', () => {
    for (const { expr, panel } of panelQueries(board)) {
      const bare = namesInQuery(expr).metrics.filter(({ name }) => {
        const metric = known.get(name);
        const grows = metric?.kind === 'counter' || metric?.kind === 'histogram';
        return grows && !new RegExp(`(rate|increase|changes|resets)\\(${name}`).test(expr);
      });
      expect([panel, bare]).toEqual([panel, []]);
    }
  });

  test('has queries that Prometheus itself reads', () => {
    const rules = panelQueries(board).map(({ expr }, index) => ({ record: `panel:${index}`, expr }));
    const folder = mkdtempSync(join(tmpdir(), 'boards-'));
    try {
      const file = join(folder, 'panels.yml');
      writeFileSync(file, JSON.stringify({ groups: [{ name: 'panels', rules }] }));
      expect(execFileSync('promtool', ['check', 'rules', file], { encoding: 'utf8' })).toContain(
        `${rules.length} rules found`,
      );
    } finally {
      rmSync(folder, { recursive: true });
    }
  });
});
