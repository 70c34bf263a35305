import { catalogue } from '../../../monitoring/catalogue';
import { standaloneEnvironment } from '../../../local/documents';
import { sudden } from '../../../local/faults';
import type { Fault } from '../../../local/faults/fault';
import { obstacle, ownRights } from '../../../local/faults/obstacle';
import { alertNames } from '../../../soak/notices';
import { episode, type Episode } from '../harness/episode';
import type { Notification } from '../harness/notification';
import { runningStack } from '../harness/running-stack';
import { withoutBudgets } from './without-budgets';

const alerts = catalogue(standaloneEnvironment).alerts.flatMap((group) => group.alerts);

/**
 * The whole loop on real components, with time divided by 20: something breaks, the right people are told in
 * Chinese, its consequences stay muted, nobody hears of anything else, and everybody hears that it is over.
 */
const running = runningStack({ factor: 20, retuned: withoutBudgets });
const rights = ownRights();
const possible = sudden.filter((fault) => obstacle(fault, rights) === undefined);
for (const fault of sudden.filter((each) => !possible.includes(each))) {
  test.skip(`${fault.name} is left out: it ${obstacle(fault, rights) ?? ''}`, () => undefined);
}

describe.each(possible.map((each): [string, Fault] => [each.name, each]))('%s', (_name, fault) => {
  let happened: Episode;

  beforeAll(async () => {
    happened = await episode(running(), fault);
  }, 240_000);

  test('fires what it must, and nothing else but what the model mutes', () => {
    const { fired, muted, expected } = happened;
    const explained: readonly string[] = [...fault.alerts, ...expected.flatMap(({ mutes }) => mutes)];
    expect(fired).toEqual(expect.arrayContaining([...fault.alerts]));
    expect(fired.filter((name) => !explained.includes(name))).toEqual([]);
    expect(muted).toEqual(expect.arrayContaining([...(fault.muted ?? [])]));
  });

  test('tells exactly those it concerns in Chinese, once, and once more when it is over', () => {
    const { expected, whileBroken, afterwards } = happened;
    const due = expected.flatMap(({ alert, deliveries }) =>
      deliveries.flatMap(({ kind, address }) =>
        ['firing', 'resolved'].map(
          (state) => `${state} ${kind} ${kind === 'webhook' ? '#ops' : address}: ${alert}`,
        ),
      ),
    );
    // In mail and Slack, Alertmanager lists what has ended beside its group, even if a cause had muted it all the while.
    const muted: readonly string[] = expected.flatMap(({ mutes }) => mutes);
    const told = [...whileBroken, ...afterwards]
      .map((each) => ({ ...each, subject: subjectOf(each, fault.alerts) }))
      .filter(
        ({ kind, state, subject }) =>
          !(kind !== 'webhook' && state === 'resolved' && muted.includes(subject)),
      );
    expect(told.map(({ state, kind, to, subject }) => `${state} ${kind} ${to}: ${subject}`).sort()).toEqual(
      due.sort(),
    );
  });

  test('does so when the model says, give or take what a busy machine needs', () => {
    const { expected, toldAfter } = happened;
    expect(toldAfter.beginning).toBeGreaterThanOrEqual(Math.max(...expected.map(({ earliest }) => earliest)));
    expect(toldAfter.end).toBeLessThanOrEqual(Math.max(...expected.map(({ latest }) => latest)) + 5_000);
  });

  test('says so in plain text, with the way to mend it', () => {
    for (const { kind, state, html, text } of [...happened.whileBroken, ...happened.afterwards]) {
      expect(html).toBe('');
      // In the chat room an all-clear is one line.
      if (kind !== 'webhook' || state === 'firing') expect(text).toMatch(/runbooks\/\w+\.md/);
    }
  });
});

test('no component ended by itself', () => {
  expect(running().unexpectedExits).toEqual([]);
});

/** The alert that a message is about: of several that it says are over, the one that is due. */
function subjectOf({ headline, state, text }: Notification, due: readonly string[]): string {
  const named = alertIn(headline);
  if (state !== 'resolved' || due.includes(named)) return named;
  // For a while Alertmanager lists what was over before, and what a cause has muted, beside what is over now.
  const [only, ...others] = alertNames(text).filter((name) => due.includes(name));
  return only !== undefined && others.length === 0 ? only : named;
}

/** The alert whose Chinese summary and severity the headline states; the headline itself when there is none. */
function alertIn(headline: string): string {
  const found = alerts.filter(({ annotations, severity }) => {
    const texts = (annotations['summary'] ?? '').split(/\{\{.*?\}\}/);
    const summary = texts.map((text) => text.replace(/[.*+?^${}()|[\]\\]/g, '\\$&')).join('.+');
    return new RegExp(summary).test(headline) && headline.includes(severity === 'critical' ? '严重' : '警告');
  });
  return found.length === 0 ? headline : found.map(({ name }) => name).join(' or ');
}
