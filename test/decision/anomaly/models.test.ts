import { models } from '../../../decision/anomaly';
import { frozenDeep } from './frozen-deep';
import { samples, start, wave } from './stream';

// Three days with a spike, a step, repeated times, a constant stretch and a gap: something for every model.
const stream = [
  ...samples(864, wave),
  ...samples(1, () => 400, 864),
  ...samples(100, (index) => wave(index) + 60, 865),
  ...samples(50, () => 77, 965),
  ...samples(2, () => 0, 1014),
  ...samples(300, wave, 1200),
];

describe.each(models.map((model) => [model.name, model] as const))('the model %s', (_, model) => {
  const parameters = model.parameters.parse({});
  const scores = (from: unknown, part: typeof stream) => {
    let state = from;
    const found = part.map((sample) => {
      const next = model.step(frozenDeep(state), sample, parameters);
      state = next.state;
      return next.score;
    });
    return { state, found };
  };

  it('never changes a state or settings that it was given', () => {
    frozenDeep(parameters);
    expect(() => scores(model.init(parameters), stream)).not.toThrow();
  });

  it('gives scores from 0 up to, but not including, 1', () => {
    for (const score of scores(model.init(parameters), stream).found) {
      expect(score).toBeGreaterThanOrEqual(0);
      expect(score).toBeLessThan(1);
    }
  });

  it('goes on to the last bit after it was saved and restored', () => {
    const whole = scores(model.init(parameters), stream);
    const first = scores(model.init(parameters), stream.slice(0, 900));
    const second = scores(JSON.parse(JSON.stringify(first.state)), stream.slice(900));
    expect([...first.found, ...second.found]).toEqual(whole.found);
    expect(JSON.stringify(second.state)).toBe(JSON.stringify(whole.state));
  });

  it('says nothing of a value that was always the same', () => {
    const constant = samples(2000, () => 45);
    expect(Math.max(...scores(model.init(parameters), constant).found)).toBe(0);
  });

  it('keeps its state bounded however long it runs', () => {
    const size = (count: number) =>
      JSON.stringify(scores(model.init(parameters), samples(count, wave)).state).length;
    expect(size(12_000)).toBeLessThan(size(6000) + 200);
  });

  it('stays finite while a series is frozen for days', () => {
    const frozen = [...samples(2880, wave), ...samples(2880, () => wave(2879), 2880)];
    const { state, found } = scores(model.init(parameters), frozen);
    expect(JSON.stringify(state)).not.toContain('null,');
    expect(found.filter((score) => score > 0.5).length).toBeLessThan(200);
  });

  it('explains every parameter', () => {
    const shape = (model.parameters as unknown as { shape: Record<string, { description?: string }> }).shape;
    for (const [name, schema] of Object.entries(shape)) {
      expect(`${name}: ${schema.description ?? 'not explained'}`).not.toContain('not explained');
    }
  });

  it('refuses parameters that make no sense, by name', () => {
    expect(() => model.parameters.parse({ tolerance: -1 })).toThrow('tolerance');
  });
});

describe('what each model sees', () => {
  const heard = (name: string, part: typeof stream, from = 0) => {
    const model = models.find((one) => one.name === name)!;
    const parameters = model.parameters.parse({});
    let state = model.init(parameters);
    return part
      .map((sample) => {
        const next = Number.isNaN(sample.value)
          ? model.absent!(state, sample.time, parameters)
          : model.step(state, sample, parameters);
        state = next.state;
        return next.score;
      })
      .slice(from);
  };
  const healthy = samples(2880, wave);

  it.each([
    ['level', samples(1, () => 160, 2880)],
    ['recent', samples(1, () => 180, 2880)],
    ['smooth', samples(24, (index) => wave(index) + 120, 2880)],
    ['forecast', samples(1, () => 40, 2880)],
    ['spread', samples(48, (index) => 100 + 60 * (index % 2 ? 1 : -1), 2880)],
    ['daily', samples(1, () => 118, 2880 + 216)],
    ['shape', samples(24, (index) => 100 + (index % 2) * 30, 2880)],
    ['leak', samples(864, (index) => wave(index) + (index - 2880) / 20, 2880)],
    ['zero', samples(2, () => 0, 2880)],
    ['frozen', samples(2, () => wave(2879), 2880)],
    ['missing', samples(2, () => NaN, 2880)],
  ])('%s hears what it is for, and nothing before', (name, fault) => {
    expect(Math.max(...heard(name, [...healthy, ...fault], healthy.length))).toBeGreaterThan(0.5);
    expect(Math.max(...heard(name, healthy, 600))).toBeLessThan(0.5);
  });

  it('recent hears a spike that is smaller than one long ago, which level no longer can', () => {
    const month = samples(30 * 288, (index) => (index === 1500 ? 600 : wave(index)));
    const smaller = samples(1, () => 500, 30 * 288);
    expect(heard('recent', [...month, ...smaller]).at(-1)).toBeGreaterThan(0.5);
    expect(heard('level', [...month, ...smaller]).at(-1)).toBe(0);
  });

  it('lull hears that bursts stay away', () => {
    const bursts = samples(3000, (index) => (index % 60 < 3 ? 50 + (index % 7) : 1));
    const quiet = samples(400, () => 1, 3000);
    const found = heard('lull', [...bursts, ...quiet], bursts.length);
    expect(Math.max(...found)).toBeGreaterThan(0.2);
    expect(Math.max(...heard('lull', bursts))).toBe(0);
  });

  it('weekly hears weekday load on a Sunday, which daily does not', () => {
    const weekend = (index: number) => Math.floor(index / 288) % 7 >= 5;
    const load = (index: number) => (weekend(index) ? 20 : 100) + 5 * Math.sin(index * 12.9898);
    const fiveWeeks = samples(35 * 288 - 144, load);
    const sunday = samples(1, () => 100, 35 * 288 - 144);
    expect(heard('weekly', [...fiveWeeks, ...sunday]).at(-1)).toBeGreaterThan(0.5);
    expect(heard('daily', [...fiveWeeks, ...sunday]).at(-1)).toBe(0);
  });

  it('daily and weekly say nothing of a series that keeps no period', () => {
    const aperiodic = samples(
      12_000,
      (index) => 50 + 10 * Math.sin(index / 101) + 10 * Math.sin(index / 37.7),
    );
    expect(Math.max(...heard('daily', aperiodic, 8000))).toBeLessThan(0.5);
    expect(Math.max(...heard('weekly', aperiodic, 8000))).toBeLessThan(0.5);
  });

  it('leak tells a level that stays shifted once', () => {
    const shifted = samples(864, (index) => wave(index) + 60, 2880);
    expect(
      heard('leak', [...healthy, ...shifted], healthy.length).filter((score) => score > 0).length,
    ).toBeLessThan(4);
  });

  it('missing does not speak when the gap is over, and accepts a gap it has seen', () => {
    const withGap = [...samples(500, wave), ...samples(500, wave, 510)];
    expect(heard('missing', withGap)).toEqual(withGap.map(() => 0));
    const again = [...withGap, ...samples(9, () => NaN, 1010)];
    expect(heard('missing', again).every((score) => score === 0)).toBe(true);
    expect(start).toBeGreaterThan(0);
  });
});
