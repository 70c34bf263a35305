import { allowedSilence, switchAddressee, switchSender } from '../../../local/components/dead-mans-switch';
import { silencing } from '../../../local/faults';
import type { Fault } from '../../../local/faults/fault';
import { switchMemory } from '../../../local/observe/dead-mans-switch';
import { mails, type Mail } from '../../../local/observe/mails';
import { slackMessages } from '../../../local/observe/slack-messages';
import { query } from '../../../local/observe/prometheus';
import { runningStack, untilWell } from '../harness/running-stack';
import { until } from '../harness/until';
import { withoutBudgets } from './without-budgets';

/**
 * What watches dies, with time divided by 20: nobody hears a word of it from there, and the switch outside mails the
 * people on call, once, and once more when it hears the heartbeat again.
 */
const compression = { factor: 20 };
const running = runningStack({ ...compression, retuned: withoutBudgets });
const allowed = allowedSilence(compression);

/** Alertmanager goes on with what it was told last, for four times as long as Prometheus takes to repeat itself. */
const echoMilliseconds = (4 * 60_000) / compression.factor;
/** What a busy machine needs. */
const allowanceMilliseconds = 30_000;

const own = ({ from }: Mail): boolean => from === switchSender;

test.each(silencing.map((each): [string, Fault] => [each.name, each]))(
  '%s: the switch mails the people on call, nobody else is told anything, and then that all is well',
  async (_name, fault) => {
    const { stack } = running();
    await untilWell(running());
    await stack.forgetAlerts();
    await untilWell(running());
    const earlier = (await mails(stack.site)).length;
    const earlierInSlack = (await slackMessages(stack.site)).length;
    const since = async (): Promise<readonly Mail[]> => (await mails(stack.site)).slice(earlier);

    const heal = await fault.inject(stack);
    let whileBroken: readonly Mail[];
    try {
      await until('the alarm', allowed + echoMilliseconds + allowanceMilliseconds, async () =>
        (await since()).some(own) ? undefined : 'no mail',
      );
      whileBroken = await since();
      const { heardAt = 0 } = await switchMemory(stack.site);
      expect((whileBroken[0]?.receivedAt.getTime() ?? 0) + 1_000).toBeGreaterThan(heardAt + allowed);
      expect((await slackMessages(stack.site)).length).toBe(earlierInSlack);
    } finally {
      await heal();
    }
    expect(whileBroken.map(({ from, to }) => [from, ...to])).toEqual([[switchSender, switchAddressee]]);
    expect(whileBroken[0]?.subject).toMatch(/^\[告警\] \[严重\] 失联开关/);
    expect(whileBroken[0]?.text).toMatch(/runbooks\/Watchdog\.md/);
    const [mail] = whileBroken;
    const runbook = /处理手册: (\S+)/.exec(mail?.text ?? '')?.[1] ?? '';
    expect((await fetch(runbook)).status).toBe(200);

    await until('the all-clear', allowanceMilliseconds, async () =>
      (await since()).filter(own).length >= 2 ? undefined : 'one mail',
    );
    await untilWell(running());
    const outside = (await since()).filter(own);
    expect(outside.map(({ subject }) => /^\[(.+?)\]/.exec(subject)?.[1])).toEqual(['告警', '已恢复']);
    // What could not be told while it was broken is told now, and nothing but that.
    const caughtUp = (await since()).filter((each) => !own(each));
    const fired = await query(
      stack.site,
      'count by (alertname) (last_over_time(ALERTS{alertstate="firing", severity!="none"}[60s]))',
    );
    expect(fired.map(({ labels }) => labels['alertname'])).toEqual(expect.arrayContaining([...fault.alerts]));
    for (const alert of fault.alerts) {
      expect(caughtUp.filter(({ text }) => text.includes(`runbooks/${alert}.md`)).length).toBeGreaterThan(0);
    }
    if (fault.alerts.length === 0) expect(caughtUp).toEqual([]);
  },
  240_000,
);

test('no component ended by itself', () => {
  expect(running().unexpectedExits).toEqual([]);
});
