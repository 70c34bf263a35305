import { initSeries, models, policyOf, restore, save, step } from '../../../decision/anomaly';
import { frozenDeep } from './frozen-deep';
import { day, minute, onsetsIn, run, samples, scoresOf, start, wave } from './stream';

const healthy = samples(12 * 288, wave);
const after = (count: number, valueAt: (index: number) => number) => samples(count, valueAt, healthy.length);

describe('a run that is stopped, saved, restored and continued', () => {
  it('gives the same scores to the last bit, wherever it is cut', () => {
    const stream = [...healthy.slice(0, 1500), ...samples(3, () => 300, 1500), ...samples(200, wave, 1503)];
    const whole = run(stream);
    for (const cut of [1, 21, 777, 1501]) {
      const first = run(stream.slice(0, cut));
      const restored = restore(save(first.state), policyOf());
      expect(restored.kind).toBe('restored');
      const second = run(stream.slice(cut), {}, restored.state);
      expect(scoresOf([...first.judgements, ...second.judgements])).toEqual(scoresOf(whole.judgements));
      expect(save(second.state)).toBe(save(whole.state));
    }
  });

  it.each([
    ['nonsense', 'not JSON'],
    ['{"version":0}', 'version 0'],
    ['null', 'no version'],
  ])('starts afresh from %s and says why', (text, reason) => {
    const restored = restore(text, policyOf());
    expect(restored).toMatchObject({ kind: 'fresh', reason: expect.stringContaining(reason) as string });
    expect(restored.state).toEqual(initSeries(policyOf()));
  });

  it('lets a model that is new to the saved state start on its own', () => {
    const before = run(samples(100, wave), { models: { level: false } });
    const { state } = restore(save(before.state), policyOf());
    expect(Object.keys(state.models)).toEqual(models.map(({ name }) => name));
    expect(() => run(samples(5, wave, 100), {}, state)).not.toThrow();
  });
});

describe('the score', () => {
  it('depends on the past alone: what comes later changes nothing', () => {
    const stream = [...healthy.slice(0, 2000), ...samples(5, () => 500, 2000)];
    expect(scoresOf(run(stream.slice(0, 2000)).judgements)).toEqual(
      scoresOf(run(stream).judgements).slice(0, 2000),
    );
  });

  it.each([
    ['in other units', (value: number) => value * 1e6],
    ['shifted', (value: number) => value * 1024 + 4096],
    ['upside down', (value: number) => -value],
  ])('is the same for a series %s, but for rounding', (_, change) => {
    // Lull and zero are about resting low and at zero, which is not the same upside down or shifted.
    const settings = { models: { lull: false as const, zero: false as const } };
    const stream = [...healthy.slice(0, 1500), ...samples(4, () => 150, 1500)];
    const plain = scoresOf(run(stream, settings).judgements);
    const changed = scoresOf(
      run(
        stream.map(({ time, value }) => ({ time, value: change(value) })),
        settings,
      ).judgements,
    );
    changed.forEach((score, index) => expect(score).toBeCloseTo(plain[index]!, 6));
  });

  it('lies in [0, 1] and a healthy series raises no alarm', () => {
    const { judgements } = run(healthy);
    for (const { score } of judgements) {
      expect(score).toBeGreaterThanOrEqual(0);
      expect(score).toBeLessThanOrEqual(1);
    }
    expect(onsetsIn(judgements)).toEqual([]);
  });

  it('never changes the state it was given', () => {
    const policy = policyOf();
    let state = initSeries(policy);
    for (const sample of [...samples(600, wave), ...samples(3, () => 500, 600)]) {
      state = step(frozenDeep(state), sample, policy).state;
    }
    expect(state.intake.count).toBe(603);
  });
});

describe('an anomaly', () => {
  const { judgements } = run([
    ...healthy,
    ...after(40, (index) => wave(index) + 80),
    ...samples(400, wave, healthy.length + 40),
  ]);
  const onset = healthy.length;

  it('is told once, at its first sample, and lasts while values stay outside', () => {
    expect(onsetsIn(judgements)[0]).toBe(onset);
    expect(onsetsIn(judgements.slice(0, onset + 30))).toHaveLength(1);
    expect(judgements[onset + 20]).toMatchObject({ verdict: 'ongoing', alarm: judgements[onset]!.alarm });
    expect(judgements.at(-1)!.verdict).toBe('usual');
  });

  it('says what was expected, which models spoke, and against how much past', () => {
    const judgement = judgements[onset]!;
    expect(judgement.voices[0]!.score).toBeGreaterThan(judgement.bar);
    expect(judgement.expected!.upper).toBeLessThan(judgement.value!);
    expect(judgement.expected!.lower).toBeLessThan(judgement.expected!.upper);
    expect(judgement.history).toEqual({ records: onset, days: 12 });
    expect(judgement.since).toBe(judgement.time);
  });
});

describe('what arrives', () => {
  it.each([
    ['NaN', NaN, 'no value'],
    ['infinity', Infinity, 'infinite'],
    ['minus infinity', -Infinity, 'infinite'],
  ])('%s is judged as silence, and teaches no model a value', (_, value, note) => {
    const { judgements, state } = run([...healthy, ...after(1, () => value)]);
    expect(judgements.at(-1)).toMatchObject({ value: undefined, notes: [note], verdict: 'usual' });
    expect(save(state)).not.toMatch(/null,null|NaN|Infinity/);
    const { judgements: later } = run(after(300, wave).slice(1), {}, state);
    expect(onsetsIn(later)).toEqual([]);
  });

  it('a value that no measurement has is judged as the largest there is, and noted', () => {
    const { judgements, state } = run([...healthy, ...after(1, () => 1e200)]);
    expect(judgements.at(-1)).toMatchObject({ value: 1e150, notes: ['out of range'], verdict: 'onset' });
    expect(save(state)).not.toMatch(/null,null|NaN|Infinity/);
  });

  it('a series that is gone is told at the second missed tick, and lasts until it is back', () => {
    const gone = run([...healthy, ...after(30, () => NaN)]);
    expect(onsetsIn(gone.judgements)).toEqual([healthy.length + 1]);
    expect(gone.judgements.at(-1)!.verdict).toBe('ongoing');
    const back = run(samples(20, wave, healthy.length + 30), {}, gone.state);
    expect(back.judgements.at(-1)!.verdict).toBe('usual');
    expect(onsetsIn(back.judgements)).toEqual([]);
  });

  it('a time that goes back or stands still is judged at the latest time, and noted when it goes back', () => {
    const last = healthy.at(-1)!;
    const { judgements } = run([
      ...healthy,
      { time: last.time, value: last.value },
      { time: last.time - day, value: wave(healthy.length) },
      { time: last.time + 5 * minute, value: wave(healthy.length) },
    ]);
    const [same, back, next] = judgements.slice(-3);
    expect(same!.notes).toEqual([]);
    expect(back).toMatchObject({ time: last.time, notes: ['time went back'] });
    expect(next).toMatchObject({ time: last.time + 5 * minute, notes: [] });
    expect(onsetsIn(judgements)).toEqual([]);
  });

  it('a constant is no anomaly, and the end of one is', () => {
    const { judgements } = run([...samples(4000, () => 45), ...samples(1, () => 46, 4000)]);
    expect(onsetsIn(judgements)).toEqual([4000]);
  });

  it('irregular spacing does no harm', () => {
    let time = start;
    const stream = healthy.map(({ value }, index) => ({
      time: (time += ((index * 7919) % 11) * minute),
      value,
    }));
    expect(onsetsIn(run(stream).judgements)).toEqual([]);
  });

  it('a new series is judged leniently while it has not shown its week', () => {
    const early = run([...samples(288, wave), ...samples(1, () => 125, 288)]);
    const late = run([...samples(30 * 288, wave), ...samples(1, () => 140, 30 * 288)]);
    expect(early.judgements.at(-1)!.bar).toBeGreaterThan(late.judgements.at(-1)!.bar);
    expect(onsetsIn(early.judgements)).toEqual([]);
    expect(onsetsIn(late.judgements)).toEqual([30 * 288]);
  });
});

describe('a counter', () => {
  const total = (index: number) => {
    let sum = 0;
    for (let past = 0; past <= index; past++) sum += wave(past) * 300;
    return sum;
  };
  const totals = healthy.map(({ time }, index) => ({ time, value: index === 0 ? 0 : NaN }));
  let sum = 0;
  healthy.forEach((_, index) => {
    totals[index] = { time: totals[index]!.time, value: (sum += wave(index) * 300) };
  });

  it('is judged by its rate per second', () => {
    const { judgements } = run(totals.slice(0, 50), { kind: 'counter' });
    expect(judgements[0]).toMatchObject({ value: undefined, notes: ['first of a counter'] });
    expect(judgements[20]!.value).toBeCloseTo(wave(20), 6);
    expect(total(3)).toBeCloseTo(totals[3]!.value, 6);
  });

  it('that restarts is no failure', () => {
    const next = healthy.length;
    const restarted = after(288, (index) => 0 + samplesSince(next, index));
    const { judgements } = run([...totals, ...restarted], { kind: 'counter' });
    expect(judgements[next]!.notes).toEqual(['counter restarted']);
    expect(onsetsIn(judgements)).toEqual([]);
  });

  it('that stops counting is', () => {
    const { judgements } = run([...totals, ...after(3, () => sum)], { kind: 'counter' });
    const [alarm] = onsetsIn(judgements);
    expect(alarm! - healthy.length).toBeLessThan(2);
  });

  function samplesSince(first: number, index: number): number {
    let grown = 0;
    for (let past = first; past <= index; past++) grown += wave(past) * 300;
    return grown;
  }
});

it('keeps at most 16 KB of a series', () => {
  const { state } = run(samples(22 * 288, (index) => wave(index) * Math.PI));
  expect(Buffer.byteLength(save(state))).toBeLessThanOrEqual(16 * 1024);
});
