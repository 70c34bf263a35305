import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { withoutPassingMounts } from '../../local/boards';
import { faultNamed } from '../../local/faults';
import { recipe } from '../../reports/gallery';
import type { Series, Source } from '../../reports/prometheus';

test('the recipe of the pictures breaks something that everybody can break, and that load makes visible', () => {
  const fault = faultNamed(recipe.fault);
  expect(fault).toBeDefined();
  expect(fault).not.toMatchObject({ mounts: true });
  expect(fault).not.toMatchObject({ needsSilence: true });
});

test('disks that somebody has mounted for the moment are left out of pictures, and nothing else is', async () => {
  const series = (mountpoint?: string): Series => ({
    labels: { instance: 'a:1', ...(mountpoint !== undefined && { mountpoint }) },
    points: [[0, 1]],
  });
  const found = [series('/'), series(join(tmpdir(), 'stack-x', 'disk')), series('/data'), series()];
  const source: Source = { at: async () => found, over: async () => found };
  const left = [series('/'), series('/data'), series()];
  const window = { start: 0, end: 60_000, step: 15_000 };
  await expect(withoutPassingMounts(source).at('x', 0)).resolves.toEqual(left);
  await expect(withoutPassingMounts(source).over('x', window)).resolves.toEqual(left);
});
