import {
  initGroup,
  labelled,
  policyOf,
  stepGroup,
  unlabelled,
  UnknownAlarmError,
  type GroupJudgement,
  type GroupState,
  type Member,
} from '../../../decision/anomaly';
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

type Change = (tick: number, members: Member[]) => Member[];

function runGroup(ticks: number, change: Change): GroupJudgement[] {
  return goOn(initGroup, 0, ticks, change).judgements;
}

function goOn(
  from: GroupState,
  first: number,
  ticks: number,
  change: Change,
): { readonly state: GroupState; readonly judgements: GroupJudgement[] } {
  let state = from;
  const judgements = Array.from({ length: ticks }, (_, index) => {
    const tick = first + index;
    const next = stepGroup(state, start + tick * 5 * minute, change(tick, healthyAt(tick)), policy);
    state = next.state;
    return next.judgement;
  });
  return { state, judgements };
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

describe('a label on an alarm of a group', () => {
  const lifted = (at: number, by: number) => (tick: number, members: Member[]) =>
    tick === at ? members.map((one) => (one.instance === 'c' ? lift(one, by) : one)) : members;
  const { state, judgements } = goOn(initGroup, 0, learned + 1, lifted(learned, 100));
  const alarm = judgements.at(-1)!.alarm!;
  /** A day later, somewhat higher than the first time. */
  const again = (from: GroupState) =>
    goOn(from, learned + 1, 289, lifted(learned + 289, 125)).judgements.map(({ verdict }) => verdict);

  it('says that it was false, and the same thing does not alarm again', () => {
    expect(alarm).toBe(1);
    expect(again(labelled(state, alarm, 'real'))).toContain('onset');
    expect(again(labelled(state, alarm, 'false alarm'))).not.toContain('onset');
  });

  it('can be changed, and taken back without a trace', () => {
    const wrong = labelled(state, alarm, 'false alarm');
    expect(labelled(wrong, alarm, 'real')).toEqual(labelled(state, alarm, 'real'));
    expect(unlabelled(wrong, alarm)).toEqual(state);
  });

  it('survives saving as part of the state', () => {
    const wrong = labelled(state, alarm, 'false alarm');
    expect(again(JSON.parse(JSON.stringify(wrong)) as GroupState)).not.toContain('onset');
  });

  it('does not blunt the group to members that are gone', () => {
    const gone = goOn(labelled(state, alarm, 'false alarm'), learned + 1, 60, (tick, members) =>
      tick < learned + 50 ? members : members.filter(({ instance }) => instance !== 'd'),
    );
    const onset = gone.judgements.findIndex(({ verdict }) => verdict === 'onset');
    expect(onset).toBe(50);
    expect(gone.judgements[onset]).toMatchObject({ alarm: 2, driver: { instance: 'd' } });
  });

  it('is refused for an alarm that is not remembered', () => {
    expect(() => labelled(state, 99, 'real')).toThrow(UnknownAlarmError);
    expect(() => unlabelled(initGroup, 1)).toThrow('none was raised lately');
  });
});
