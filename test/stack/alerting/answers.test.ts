import { standaloneEnvironment } from '../../../local/documents';
import { compressedQuery } from '../../../local/compress';
import { query } from '../../../local/observe/prometheus';
import { allRecordings, catalogue } from '../../../monitoring/catalogue';
import { everyJobOf, panelQueries } from '../../../monitoring/dashboards/queries';
import { runningStack } from '../harness/running-stack';
import { until } from '../harness/until';

/** What the model asks, asked of the running stack while people chat: an empty answer is a panel that says nothing. */
const factor = 20;
const running = runningStack({ factor });
const model = catalogue(standaloneEnvironment);

// Limits are drawn only where one is set, and alerts only while some fire.
const asked = model.boards
  .flatMap((board) => panelQueries(board, everyJobOf(board.jobs)))
  .filter(({ bound }) => !bound);

async function silent(
  questions: readonly (readonly [name: string, expr: string])[],
): Promise<readonly string[]> {
  const answers = await Promise.all(
    questions.map(async ([name, expr]) => {
      const samples = await query(running().stack.site, compressedQuery(expr, { factor }));
      return samples.length === 0 ? [`${name}: ${expr}`] : [];
    }),
  );
  return answers.flat();
}

async function allAnswer(questions: readonly (readonly [string, string])[]): Promise<void> {
  expect(questions.length).toBeGreaterThan(0);
  await until('an answer to every question', 60_000, async () => {
    const left = await silent(questions);
    return left.length === 0 ? undefined : left.join('\n');
  });
}

test('every panel has something to show', async () => {
  await allAnswer(asked.map(({ board, panel, refId, expr }) => [`${board} › ${panel} › ${refId}`, expr]));
}, 90_000);

test('every recording has a value', async () => {
  await allAnswer(allRecordings(model.recordings).map(({ name }) => [name, name]));
}, 90_000);
