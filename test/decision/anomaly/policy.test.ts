import { models, policyOf } from '../../../decision/anomaly';

describe('a policy', () => {
  it('runs every model with its defaults unless told otherwise', () => {
    expect(policyOf().settings.map(({ model }) => model.name)).toEqual(models.map(({ name }) => name));
    expect(policyOf().falseAlarmsPerDay).toBeCloseTo(1 / 30, 9);
  });

  it('leaves a model out, and sets single parameters of another', () => {
    const { settings } = policyOf({ models: { shape: false, level: { tolerance: 0.5 } } });
    expect(settings.map(({ model }) => model.name)).not.toContain('shape');
    expect(settings.find(({ model }) => model.name === 'level')!.parameters).toEqual({ tolerance: 0.5 });
  });

  it.each([
    [{ models: { levle: false } }, 'levle'],
    [{ falseAlarmsPerDay: 0 }, 'falseAlarmsPerDay'],
    [{ kind: 'histogram' }, 'kind'],
    [{ treshold: 3 }, 'treshold'],
  ])('refuses %j by name', (input, field) => {
    expect(() => policyOf(input as never)).toThrow(field);
  });
});
