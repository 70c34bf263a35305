import { allRecordings, catalogue } from '../../../monitoring/catalogue';
import { alertsWithoutPanel, boardLink } from '../../../monitoring/dashboards/links';
import { panelQueries, panelsOf } from '../../../monitoring/dashboards/queries';
import { production } from '../../../monitoring/environments/production';
import { withEveryJob } from '../../../monitoring/environments/every-job';
import { parseQuery, seriesIn } from '../../../monitoring/model/query';

/** Every alert there is, those of a cluster too. */
const model = catalogue(withEveryJob(production));
const alerts = model.alerts.flatMap((group) => group.alerts);
const rendered = new Map(model.boards.map((board) => [board.uid, board]));

/** A link as it is for an alert without an instance, taken apart. */
function destination(url: string): { board: string; panel: string | null } {
  const { pathname, searchParams } = new URL(url.replace(/\{\{.*\}\}/, ''));
  return { board: pathname.replace('/d/', ''), panel: searchParams.get('viewPanel') };
}

const read = Map.groupBy(allRecordings(model.recordings), ({ name }) => name);

/** What is measured that a query builds on, through whatever recordings. */
function measured(expr: string): readonly string[] {
  return seriesIn(parseQuery(expr)).flatMap((name): readonly string[] => {
    const recordings = read.get(name);
    return recordings ? recordings.flatMap((recording) => measured(recording.expr)) : [name];
  });
}

/** What each panel shows, by board and number. */
const shown = new Map(
  model.boards.flatMap((board) =>
    [...Map.groupBy(panelQueries(board), ({ panelId }) => `${board.uid} ${panelId}`)].map(
      ([panel, queries]) => [panel, new Set(queries.flatMap(({ expr }) => measured(expr)))] as const,
    ),
  ),
);

test('every alert leads to a board that exists and to a panel that is on it, but for those that say why not', () => {
  expect(alerts.length).toBeGreaterThan(0);
  const toBoards: string[] = [];
  for (const alert of alerts) {
    const { board, panel } = destination(alert.annotations['dashboard_url'] ?? '');
    const dashboard = rendered.get(board)?.dashboard;
    if (!dashboard) throw new Error(`${alert.name} leads to the board ${board}, which does not exist`);
    if (panel === null) {
      toBoards.push(alert.name);
      continue;
    }
    const ids = panelsOf(dashboard.panels ?? []).map(({ id }) => String(id));
    expect([alert.name, ids.includes(panel)]).toEqual([alert.name, true]);
  }
  expect(toBoards.sort()).toEqual([...alertsWithoutPanel].sort());
});

test('the panel that an alert leads to shows what it is about', () => {
  const astray = alerts
    .filter(({ name, expr, annotations }) => {
      const { board, panel } = destination(annotations['dashboard_url'] ?? '');
      const about = measured(expr);
      return (
        !(alertsWithoutPanel as readonly string[]).includes(name) &&
        about.length > 0 &&
        !about.some((series) => shown.get(`${board} ${panel}`)?.has(series))
      );
    })
    .map(({ name }) => name);
  expect(astray).toEqual([]);
});

test('an alert leads to no panel only where none shows anything of it', () => {
  const elsewhere = alerts
    .filter(({ name }) => (alertsWithoutPanel as readonly string[]).includes(name))
    .flatMap(({ name, expr }) =>
      [...shown].flatMap(([panel, series]) =>
        measured(expr).some((each) => series.has(each)) ? [`${name}: ${panel}`] : [],
      ),
    );
  expect(elsewhere).toEqual([]);
});

test('a panel leads on to the runbooks of the alerts that lead to it, and to no others', () => {
  const expected = alerts
    .map(({ annotations }) => ({
      ...destination(annotations['dashboard_url'] ?? ''),
      runbook: annotations['runbook_url'],
    }))
    .filter(({ panel }) => panel !== null)
    .map(({ board, panel, runbook }) => `${board} ${panel} ${runbook}`);
  const linked = model.boards.flatMap(({ uid, dashboard }) =>
    panelsOf(dashboard.panels ?? []).flatMap(({ id, links = [] }) =>
      links.map(({ url }) => `${uid} ${id} ${url}`),
    ),
  );
  expect(linked.length).toBe(alerts.length - alertsWithoutPanel.length);
  expect(linked.sort()).toEqual(expected.sort());
});

test('no panel leads to the runbook of an alert that the environment does without', () => {
  const runbooks = (alerting: typeof production) =>
    catalogue(alerting).boards.flatMap(({ dashboard }) =>
      panelsOf(dashboard.panels ?? []).flatMap(({ links = [] }) => links.map(({ url }) => url)),
    );
  const page = `${production.urls.runbooks}/RedisEvictingKeys.md`;
  expect(runbooks(production)).toContain(page);
  expect(runbooks({ ...production, alerts: { RedisEvictingKeys: false } })).not.toContain(page);
  expect(runbooks(production)).not.toContain(`${production.urls.runbooks}/KubernetesApiserverDown.md`);
});

test('a link is narrowed to the instance of the alert where the board is about single instances', () => {
  expect(boardLink('https://grafana.example.com', 'PostgreSQLHighConnections')).toBe(
    'https://grafana.example.com/d/chatroom-postgresql?viewPanel=2{{ with index $labels "instance" }}&var-instance={{ . | urlquery }}{{ end }}',
  );
  expect(boardLink('https://grafana.example.com', 'ChatRoomHighErrorRate')).toBe(
    'https://grafana.example.com/d/chatroom-service?viewPanel=3',
  );
});
