import { problems, type StructuralSchema } from '../../imports/structural-schema';

const schema: StructuralSchema = {
  type: 'object',
  required: ['port'],
  properties: {
    port: { type: 'string', minLength: 1 },
    count: { type: 'integer', minimum: 1, maximum: 9 },
    mode: { type: 'string', enum: ['on', 'off'] },
    size: { 'x-kubernetes-int-or-string': true, pattern: '^\\d+(Mi|Gi)?$' },
    labels: { type: 'object', additionalProperties: { type: 'string' } },
    list: { type: 'array', minItems: 1, items: { type: 'object', properties: { name: { type: 'string' } } } },
    open: { type: 'object', 'x-kubernetes-preserve-unknown-fields': true },
  },
};

describe('a structural schema', () => {
  it.each<[string, unknown]>([
    ['all that is required', { port: 'http' }],
    ['a field that is undefined', { port: 'http', count: undefined }],
    ['numbers at their limits', { port: 'http', count: 9 }],
    ['a number or a text where both may stand', { port: 'http', size: 5 }],
    ['any key where keys are free', { port: 'http', labels: { 'a.b/c': 'd' } }],
    ['any field where fields are free', { port: 'http', open: { anything: [1] } }],
  ])('has nothing against %s', (_, value) => {
    expect(problems(schema, value)).toEqual([]);
  });

  it.each<[string, unknown, string[]]>([
    ['a missing field', {}, ['port: is required']],
    ['an unknown field', { port: 'http', colour: 1 }, ['colour = 1: no such field']],
    [
      'swapped letters',
      { prot: 'http' },
      ['port: is required', 'prot = "http": no such field; did you mean port?'],
    ],
    ['a letter too many', { port: 'p', counts: 1 }, ['counts = 1: no such field; did you mean count?']],
    ['a wrong case', { port: 'p', Mode: 'on' }, ['Mode = "on": no such field; did you mean mode?']],
    ['a wrong type', { port: 80 }, ['port = 80: must be a string']],
    ['half a number', { port: 'p', count: 1.5 }, ['count = 1.5: must be a whole number']],
    ['too small a number', { port: 'p', count: 0 }, ['count = 0: must be at least 1']],
    ['no choice', { port: 'p', mode: 'auto' }, ['mode = "auto": must be one of on, off']],
    ['a pattern that is not met', { port: 'p', size: '5MB' }, ['size = "5MB": must match ^\\d+(Mi|Gi)?$']],
    ['an empty list', { port: 'p', list: [] }, ['list = []: must have 1 items']],
    [
      'an unknown field in a list',
      { port: 'p', list: [{}, { nam: 'x' }] },
      ['list[1].nam = "x": no such field; did you mean name?'],
    ],
    ['a wrong value under a free key', { port: 'p', labels: { a: 1 } }, ['labels.a = 1: must be a string']],
    ['null', { port: null }, ['port = null: must not be null']],
    ['something else altogether', 'text', ['(object) = "text": must be an object']],
  ])('names %s', (_, value, expected) => {
    expect(problems(schema, value)).toEqual(expected);
  });
});
