import { execFileSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Panel } from '@grafana/grafana-foundation-sdk/dashboard';
import { allRecordings, catalogue } from '../../../monitoring/catalogue';
import { plans } from '../../../monitoring/dashboards/plans';
import { panelQueries, panelsOf, targetsOf } from '../../../monitoring/dashboards/queries';
import { units } from '../../../monitoring/dashboards/units';
import { production } from '../../../monitoring/environments/production';
import { resultLabels } from '../../../monitoring/lint/result-labels';
import { vocabularyOf } from '../../../monitoring/lint/vocabulary';
import { jobs } from '../../../monitoring/jobs';
import { processMetrics } from '../../../monitoring/metrics/process';
import { targetMetrics } from '../../../monitoring/metrics/target';
import type { Board } from '../../../monitoring/model/dashboard';
import { seriesNames, type Metric } from '../../../monitoring/model/metric';
import { parseQuery, partsOf, type Query } from '../../../monitoring/model/query';
import { locales } from '../../../monitoring/model/text';
import { datasources } from '../../../monitoring/render/grafana';

const every = locales.flatMap((locale) =>
  catalogue({ ...production, locale }).boards.map((board): [string, Board] => [
    `${board.uid} in ${locale}`,
    board,
  ]),
);
const each = new Map(every);

const vocabulary = vocabularyOf(catalogue(production));

const metrics = new Map(
  [...jobs.flatMap((job): readonly Metric[] => job.metrics), ...processMetrics, ...targetMetrics].flatMap(
    (metric) => seriesNames(metric).map((name): [string, Metric] => [name, metric]),
  ),
);

function panels({ dashboard }: Board): readonly Panel[] {
  return panelsOf(dashboard.panels ?? []);
}

/** Counters that a query shows as they are: under no rate, and not merely counted. */
function bareCounters(query: Query): readonly string[] {
  switch (query.kind) {
    case 'constant':
    case 'range':
      return [];
    case 'selector': {
      const kind = metrics.get(query.metric ?? '')?.kind;
      return kind === 'counter' || kind === 'histogram' ? [query.metric ?? ''] : [];
    }
    case 'aggregation':
      return query.operator === 'count' ? [] : bareCounters(query.of);
    case 'operation':
      return [...bareCounters(query.left), ...bareCounters(query.right)];
    case 'call':
      return query.args.flatMap(bareCounters);
  }
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
    catalogue({ ...production, locale }).boards.map((board) =>
      panelQueries(board).map(({ expr, refId }) => [refId, expr]),
    ),
  );
  expect(chinese).toEqual(english);
});

test('the datasource boards ask for is the one that is provisioned', () => {
  for (const board of each.values()) {
    const variable = board.dashboard.templating?.list?.find(({ name }) => name === 'datasource');
    expect(variable).toMatchObject({ type: 'datasource', query: 'prometheus' });
    expect(datasources('http://prometheus:9090')).toMatchObject({
      datasources: [{ uid: variable?.current?.value }],
    });
  }
});

/** The jobs that each panel of a board has something from, by its title. */
function jobsOfPanels(board: Board): ReadonlyMap<string, ReadonlySet<string>> {
  const recordings = Map.groupBy(allRecordings(catalogue(production).recordings), ({ name }) => name);
  const jobsOf = (expr: string): readonly string[] =>
    [...partsOf(parseQuery(expr))].flatMap((part): readonly string[] => {
      if (part.kind !== 'selector' || part.metric === undefined) return [];
      const recorded = recordings.get(part.metric);
      if (recorded) return recorded.flatMap((recording) => jobsOf(recording.expr));
      const stated = part.matchers.find(({ label, op }) => label === 'job' && op === '=')?.value;
      return stated === undefined ? (vocabulary.get(part.metric)?.jobs ?? []) : [stated];
    });
  const byPanel = Map.groupBy(panelQueries(board), ({ panel }) => panel);
  return new Map(
    [...byPanel].map(([panel, queries]) => [panel, new Set(queries.flatMap(({ expr }) => jobsOf(expr)))]),
  );
}

test('a board lets its reader choose among its jobs, and leaves that out only where any choice would empty a panel', () => {
  const english = catalogue({ ...production, locale: 'en' });
  const variables = ({ dashboard }: Board) => (dashboard.templating?.list ?? []).map(({ name }) => name);
  for (const board of english.boards) {
    if (variables(board).includes('job')) {
      expect([board.uid, variables(board)]).toEqual([board.uid, ['datasource', 'job', 'instance']]);
      const queries = (board.dashboard.panels ?? []).flatMap((panel) =>
        panel.type === 'row' ? [] : targetsOf(panel),
      );
      expect(queries.some(({ expr }) => expr.includes('job=~"$job"'))).toBe(true);
      continue;
    }
    const emptied = english.jobs.filter(({ name }) =>
      [...jobsOfPanels(board).values()].some((jobsOfPanel) => !jobsOfPanel.has(name)),
    );
    expect([board.uid, emptied.length]).toEqual([board.uid, english.jobs.length]);
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

  test('names in its queries only series that exist, and labels they have', () => {
    for (const { expr, panel } of panelQueries(board)) {
      const selectors = [...partsOf(parseQuery(expr))].filter((part) => part.kind === 'selector');
      expect([panel, selectors.length]).not.toEqual([panel, 0]);
      for (const { metric = '', matchers } of selectors) {
        const known = vocabulary.get(metric)?.labels;
        if (!known) throw new Error(`${panel} asks for ${metric}, which nobody exposes: ${expr}`);
        const unknown = matchers.filter(({ label }) => known.complete && !known.names.has(label));
        expect([metric, unknown]).toEqual([metric, []]);
      }
    }
  });

  test('names in its legends only labels that its queries leave', () => {
    for (const { expr, legend, panel } of panelQueries(board)) {
      const named = [...legend.matchAll(/\{\{(\w+)\}\}/g)].map(([, label]) => label ?? '');
      const left = resultLabels(parseQuery(expr), vocabulary);
      expect([panel, named.filter((label) => left.complete && !left.names.has(label))]).toEqual([panel, []]);
    }
  });

  test('names in its legends every label that tells its series apart', () => {
    for (const { expr, legend, panel, format } of panelQueries(board)) {
      if (format === 'table') continue; // every label is a column of its own
      const { names } = resultLabels(parseQuery(expr), vocabulary);
      // A series has one job, and an instance one node; what is aggregated to a job is one part of the chat room.
      const untold = [...names].filter(
        (label) => !['job', 'node'].includes(label) && !legend.includes(`{{${label}}}`),
      );
      expect([panel, untold]).toEqual([panel, []]);
    }
  });

  test('rates every counter whose value it shows', () => {
    for (const { expr, panel } of panelQueries(board)) {
      const bare = bareCounters(parseQuery(expr));
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
