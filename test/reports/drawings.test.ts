import type { Mark } from '../../reports/marks';
import { columnWidths } from '../../reports/drawings/table';
import { labelled } from '../../reports/drawings/timeseries';
import { textWidth } from '../../reports/text-width';

const window = { start: 0, end: 600_000, step: 15_000 };
const alert = (name: string, start: number, end: number): Mark => ({ name, start, end, colour: '#e02f44' });

test('a column of a table is as wide as what stands in it, and all together fill the panel', () => {
  const widths = columnWidths(
    [
      ['Alert', 'ChatRoomAvailabilityBudgetBurningFast'],
      ['Severity', 'critical'],
      ['For', '3 min'],
    ],
    900,
  );
  expect(widths.reduce((sum, width) => sum + width, 0)).toBeCloseTo(900);
  expect(widths[0]).toBeGreaterThan(textWidth('ChatRoomAvailabilityBudgetBurningFast', 12));
  expect(widths[0]).toBeGreaterThan(2 * (widths[1] ?? 0));
  expect(widths[1]).toBeGreaterThan(textWidth('Severity', 12));
});

test('columns that do not fit give way alike', () => {
  const [wide = 0, narrow = 0] = columnWidths([['x'.repeat(100)], ['y'.repeat(10)]], 200);
  expect(wide + narrow).toBeCloseTo(200);
  expect(wide).toBeGreaterThan(narrow);
});

test('the names of alerts that overlap stand below each other', () => {
  const placed = labelled(
    [alert('NginxHighErrorRate', 100_000, 200_000), alert('ChatRoomHighErrorRate', 110_000, 200_000)],
    window,
    700,
  );
  expect(placed.map(({ name, lane }) => [name, lane])).toEqual([
    ['NginxHighErrorRate', 0],
    ['ChatRoomHighErrorRate', 1],
  ]);
});

test('a name takes the line of an earlier one that has ended, and stays within the panel', () => {
  const placed = labelled(
    [alert('RedisDown', 0, 60_000), alert('ChatRoomHighErrorRate', 550_000, 600_000)],
    window,
    700,
  );
  expect(placed.map(({ lane, from }) => [lane, from])).toEqual([
    [0, 'start'],
    [0, 'end'],
  ]);
});
