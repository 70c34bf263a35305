import { CompressedSource } from '../../../local/compressed-source';
import { standaloneEnvironment } from '../../../local/documents';
import { server } from '../../../local/faults/server';
import { query } from '../../../local/observe/prometheus';
import { allRecordings, catalogue } from '../../../monitoring/catalogue';
import { everyJobOf, panelsOf } from '../../../monitoring/dashboards/queries';
import { repeatedNames, viewOf, type PanelView } from '../../../reports/panel-view';
import { runningStack } from '../harness/running-stack';
import { until } from '../harness/until';

/**
 * What the model asks, asked of the running stack while people chat and after an alert has reached them. A query without
 * an answer is a panel that says nothing, and so is one whose answer is no number: a quantile of no observations.
 */
const factor = 20;
const running = runningStack({ factor });
const model = catalogue(standaloneEnvironment);

/** As long as it takes to see what happens now and then: seven minutes. */
const lookBackMilliseconds = 420_000 / factor;
const stepMilliseconds = 1_000;

async function views(): Promise<readonly (PanelView & { readonly board: string })[]> {
  const source = new CompressedSource(running().stack.site.url('prometheus'), { factor });
  const end = Math.floor(Date.now() / stepMilliseconds) * stepMilliseconds;
  const window = { start: end - lookBackMilliseconds, end, step: stepMilliseconds };
  const seen: (PanelView & { readonly board: string })[] = [];
  for (const { uid, jobs, dashboard } of model.boards) {
    for (const panel of panelsOf(dashboard.panels ?? [])) {
      seen.push({ ...(await viewOf(panel, source, window, everyJobOf(jobs))), board: uid });
    }
  }
  return seen;
}

// Until then nobody has sent a notification, and nobody has received one.
beforeAll(async () => {
  const { stack } = running();
  const heal = await server.inject(stack);
  try {
    await until('an alert in the chat room', 60_000, async () => {
      const [stored] = await query(
        stack.site,
        'sum(chatroom_webhook_notifications_total{result="stored"}) > 0',
      );
      return stored ? undefined : 'the webhook has stored none';
    });
  } finally {
    await heal();
  }
}, 90_000);

test('every query of every panel has a number to show', async () => {
  await until('a number from every query', 60_000, async () => {
    const panels = await views();
    const asked = panels.flatMap(({ series }) => series);
    const silent = panels.flatMap(({ board, title, silent: left }) =>
      left.map(({ refId, expr }) => `${board} › ${title} › ${refId}: ${expr}`),
    );
    if (asked.length === 0) return 'no series at all';
    return silent.length === 0 ? undefined : silent.join('\n');
  });
}, 90_000);

test('no two series of a panel are called the same', async () => {
  const panels = await views();
  const repeated = panels.flatMap((view) =>
    repeatedNames(view).map((name) => `${view.board} › ${view.title}: ${name}`),
  );
  expect(panels.some(({ series }) => series.length > 1)).toBe(true);
  expect(repeated).toEqual([]);
}, 30_000);

test('every recording has a number', async () => {
  const names = allRecordings(model.recordings).map(({ name }) => name);
  expect(names.length).toBeGreaterThan(0);
  await until('a number from every recording', 60_000, async () => {
    const answers = await Promise.all(
      names.map(async (name) => {
        const samples = await query(running().stack.site, name);
        return samples.some(({ value }) => Number.isFinite(value)) ? [] : [name];
      }),
    );
    const silent = answers.flat();
    return silent.length === 0 ? undefined : silent.join(', ');
  });
}, 90_000);
