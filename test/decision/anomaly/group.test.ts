import { initGroup, policyOf, stepGroup, type GroupJudgement, type Member } from '../../../decision/anomaly';
import { minute, start, wave } from './stream';

const policy = policyOf();
const instances = ['a', 'b', 'c', 'd'];
const metrics = ['latency', 'errors'];

function healthyAt(tick: number): Member[] {
  return metrics.flatMap((metric, row) =>
    instances.map((instance, column) => ({
      metric,
      instance,
      value: wave(tick) * (row + 1) + Math.sin(tick * 7.7 + column * 2.3 + row),
    })),
  );
}

function runGroup(ticks: number, change: (tick: number, members: Member[]) => Member[]): GroupJudgement[] {
  let state = initGroup;
  return Array.from({ length: ticks }, (_, tick) => {
    const next = stepGroup(state, start + tick * 5 * minute, change(tick, healthyAt(tick)), policy);
    state = next.state;
    return next.judgement;
  });
}

const learned = 9 * 288;
const lift = (member: Member, by: number): Member => ({ ...member, value: member.value + by });

describe('a group', () => {
  it('names the member and the metric that drive an anomaly', () => {
    const judgements = runGroup(learned + 1, (tick, members) =>
      tick < learned
        ? members
        : members.map((one) => (one.metric === 'errors' && one.instance === 'c' ? lift(one, 300) : one)),
    );
    expect(judgements.slice(0, -1).every(({ verdict }) => verdict === 'usual')).toBe(true);
    expect(judgements.at(-1)).toMatchObject({
      verdict: 'onset',
      extent: 'one',
      drivingMetric: 'errors',
      driver: { metric: 'errors', instance: 'c' },
    });
  });

  it('sees a member that leaves its peers while it stays within its own past', () => {
    const judgements = runGroup(learned + 1, (tick, members) =>
      tick < learned
        ? members
        : members.map((one) => (one.metric === 'latency' && one.instance === 'b' ? lift(one, 14) : one)),
    );
    expect(judgements.at(-1)!.driver).toMatchObject({ instance: 'b', view: 'among peers' });
    expect(judgements.at(-1)!.verdict).toBe('onset');
  });

  it('says when it concerns most of its members, and of which metric', () => {
    const judgements = runGroup(learned + 1, (tick, members) =>
      tick < learned ? members : members.map((one) => lift(one, one.metric === 'latency' ? 200 : 150)),
    );
    expect(judgements.at(-1)).toMatchObject({ verdict: 'onset', extent: 'most', drivingMetric: 'latency' });
  });

  it('notices a member that is gone', () => {
    const judgements = runGroup(learned + 2, (tick, members) =>
      tick < learned ? members : members.filter(({ instance }) => instance !== 'd'),
    );
    expect(judgements.at(-1)).toMatchObject({ verdict: 'onset', driver: { instance: 'd', view: 'itself' } });
    expect(judgements.at(-1)!.members).toHaveLength(8);
  });

  it('is plain data that can be saved', () => {
    const { state } = stepGroup(initGroup, start, healthyAt(0), policy);
    expect(JSON.parse(JSON.stringify(state))).toEqual(state);
  });
});
