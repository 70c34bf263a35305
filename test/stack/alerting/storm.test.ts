import { catalogue } from '../../../monitoring/catalogue';
import { standaloneEnvironment } from '../../../local/documents';
import { expectationOf } from '../../../local/expectation';
import { firingAlerts } from '../../../local/observe/alerts';
import { Postbox } from '../../../soak/postbox';
import { addressee } from '../harness/ensemble';
import { runningStack, untilWell } from '../harness/running-stack';
import { until } from '../harness/until';

/**
 * PostgreSQL dies while people chat, and stays away for five minutes. Everything suffers; people are told little.
 *
 * Time is divided by ten: rules, ranges, group waits and repeat intervals alike, so that five minutes are thirty seconds.
 * What does not shrink (connections that time out after two seconds, statements after four, a PostgreSQL exporter that
 * is asked every two seconds) lasts longer beside them than it does in truth, and so do the consequences: whoever keeps
 * quiet here keeps quiet there.
 */
const factor = 10;
const minutes = (count: number): number => (count * 60_000) / factor;

/** No budgets left out: an outage spends them, and it is the outage that people are told of. */
const running = runningStack({ factor, users: 50 });
const down = expectationOf('PostgreSQLDown', catalogue(standaloneEnvironment), { factor });

test('PostgreSQL dies under load: three notifications in five minutes, PostgreSQL first, then one all-clear each', async () => {
  const { stack } = running();
  await untilWell(running());
  const postbox = new Postbox(stack.site, () => 0);
  await postbox.look();
  const earlier = postbox.notices.length;
  const since = () => postbox.notices.slice(earlier);
  const sent = await sentByAlertmanager();
  const muted = new Set<string>();
  const wait = async (milliseconds: number): Promise<void> => {
    const end = performance.now() + milliseconds;
    while (performance.now() < end) {
      for (const { name, muted: isMuted } of await firingAlerts(stack.site)) if (isMuted) muted.add(name);
      await new Promise((resolve) => setTimeout(resolve, 500));
    }
    await postbox.look();
  };

  await stack.process('postgresql').crash();
  await wait(minutes(5));
  const duringStorm = since();
  const leftAlertmanager = (await sentByAlertmanager()) - sent;
  await stack.restart('postgresql');

  // It was a storm: this much fired, and would have been told.
  expect([...muted]).toContain('ChatRoomHighErrorRate');
  expect(muted.size).toBeGreaterThanOrEqual(2);
  const [first] = duringStorm.toSorted((a, b) => a.at - b.at);
  expect(first?.text.split('\n')[0]).toContain('PostgreSQL');
  expect(first?.firing).toEqual(['PostgreSQLDown']);
  expect(duringStorm.length).toBeLessThanOrEqual(3);
  expect(duringStorm.map(({ to }) => to).sort()).toEqual(down.deliveries.map(addressee).sort());
  // By mail and Slack, nothing left that did not arrive where we count.
  expect(leftAlertmanager).toBe(duringStorm.length);

  await until('the all-clear', minutes(8) + 60_000, async () => {
    await postbox.look();
    const told = since().filter(({ resolved }) => resolved.includes('PostgreSQLDown'));
    return told.length >= down.deliveries.length ? undefined : `${told.length} were told that it is over`;
  });
  await wait(minutes(10));
  const afterwards = since().slice(duringStorm.length);
  expect(
    afterwards.filter(({ firing }) => firing.length > 0).map(({ to, text }) => `${to}: ${text}`),
  ).toEqual([]);
  // What was posted in #ops while PostgreSQL was away could be read only now: nothing was.
  expect(afterwards.map(({ to }) => to).sort()).toEqual(down.deliveries.map(addressee).sort());
  expect(running().unexpectedExits).toEqual([]);
}, 360_000);

/** Notifications by mail and Slack; those of the heartbeat and of #ops share the kind `webhook`. */
async function sentByAlertmanager(): Promise<number> {
  const text = await (await fetch(running().stack.site.url('alertmanager', '/metrics'))).text();
  const counts = text.matchAll(/^alertmanager_notifications_total\{integration="(?:email|slack)"\} (\d+)$/gm);
  return [...counts].reduce((sum, [, count]) => sum + Number(count), 0);
}
