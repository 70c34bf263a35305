import { figure, rendered, spread, table } from '../../../bench/measure/page';

test('a page says by what command and on what machine its figures were taken', () => {
  const page = rendered({
    name: 'kettle',
    title: 'How fast water boils',
    command: 'npm run bench:kettle',
    machine: '2 × kettle',
    takenAt: new Date('2026-01-02T03:04:05Z'),
    body: ['Soon.'],
  });
  expect(page).toContain('# How fast water boils');
  expect(page).toContain('`npm run bench:kettle` on 2026-01-02. Machine: 2 × kettle.');
});

test('a table is Markdown', () => {
  expect(table(['a', 'b'], [['1', '2']])).toBe('| a | b |\n| --- | --- |\n| 1 | 2 |');
});

test.each([
  [12_345.6, '12,346'],
  [12.34, '12.3'],
  [0.8765, '0.88'],
])('%d is written as %s', (value, text) => {
  expect(figure(value)).toBe(text);
});

test('a spread has the same digits at its ends as in its middle', () => {
  expect(spread({ median: 9.5, lowest: 9, highest: 100, count: 3 })).toBe('10 (9 … 100)');
});
