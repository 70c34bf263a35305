import { mkdtemp, readFile, readdir, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { catalogue } from '../../monitoring/catalogue';
import { units } from '../../monitoring/dashboards/units';
import { production } from '../../monitoring/environments/production';
import { drawBoards, windowEnding } from '../../reports/boards';
import { boardPicture } from '../../reports/board-picture';
import { gallery } from '../../reports/gallery';
import { repeatedNames } from '../../reports/panel-view';
import type { Series, Source, TimeWindow } from '../../reports/prometheus';
import { formatted } from '../../reports/units';

const window = windowEnding(Date.UTC(2026, 0, 2, 3, 4, 50), 30 * 60_000);
const timeZone = { offsetMinutes: 480, name: 'Beijing time' };

/** A Prometheus in which every query has one series that rises, with whatever label is asked for. */
class Rising implements Source {
  readonly asked: string[] = [];

  async at(expr: string, time: number): Promise<readonly Series[]> {
    this.asked.push(expr);
    return [{ labels: { instance: 'a:1', alertname: 'PostgreSQLDown' }, points: [[time, 1]] }];
  }

  async over(expr: string, { start, end, step }: TimeWindow): Promise<readonly Series[]> {
    this.asked.push(expr);
    const points = Array.from(
      { length: (end - start) / step + 1 },
      (_, index) => [start + index * step, index] as const,
    );
    return [{ labels: { instance: 'a:1' }, points }];
  }
}

const silent: Source = { at: async () => [], over: async () => [] };

function boardNamed(uid: string) {
  const board = catalogue({ ...production, locale: 'en' }).boards.find((each) => each.uid === uid);
  if (!board) throw new Error(`there is no board ${uid}`);
  return board;
}

test('a window ends on a step and is cut into at most 240 of them, none shorter than a scrape', () => {
  expect(window).toEqual({
    start: Date.UTC(2026, 0, 2, 2, 34, 45),
    end: Date.UTC(2026, 0, 2, 3, 4, 45),
    step: 15_000,
  });
  const day = windowEnding(Date.UTC(2026, 0, 2), 86_400_000);
  expect((day.end - day.start) / day.step).toBe(240);
});

describe.each(catalogue(production).boards.map((board) => [board.uid, board] as const))(
  '%s',
  (_uid, board) => {
    test('can be drawn, every panel of it, with titles and units', async () => {
      const { svg, views } = await boardPicture(board, new Rising(), { window, timeZone });
      expect(views.length).toBeGreaterThan(0);
      for (const { title } of views) expect(svg).toContain(`>${title}</text>`);
      expect(svg).not.toMatch(/NaN|undefined|\$__|\$job|\{\{/);
      expect(svg.match(/<svg /g)).toHaveLength(views.length + 1);
    });

    test('asks nothing with a variable left in it', async () => {
      const source = new Rising();
      await boardPicture(board, source, { window, timeZone });
      expect(source.asked.filter((expr) => expr.includes('$'))).toEqual([]);
      expect(source.asked.length).toBeGreaterThan(0);
    });

    test('says so in every panel when Prometheus knows nothing', async () => {
      const { svg, views } = await boardPicture(board, silent, { window, timeZone });
      for (const view of views) {
        expect(view.series).toEqual([]);
        expect(svg).toContain(view.nothing);
      }
    });
  },
);

test('pictures are drawn in every language, and what has no data is named with its board, panel and query', async () => {
  const folder = await mkdtemp(join(tmpdir(), 'boards-'));
  try {
    const full = await drawBoards(new Rising(), folder, {
      window,
      locale: 'zh-CN',
      only: 'chatroom-overview',
    });
    expect(full).toEqual([]);
    const empty = await drawBoards(silent, folder, { window, locale: 'en', only: 'chatroom-overview' });
    expect(empty).toContainEqual(
      expect.stringMatching(/^chatroom-overview: "Errors" query B found nothing: .*chatroom_http_errors/),
    );
    expect((await readdir(folder)).sort()).toEqual(['chatroom-overview.svg', 'chatroom-overview.zh-CN.svg']);
    expect(await readFile(join(folder, 'chatroom-overview.zh-CN.svg'), 'utf8')).toContain('Chat-Room 监控');
  } finally {
    await rm(folder, { recursive: true });
  }
});

test('the pictures in the documentation are those of the boards there are', async () => {
  const folder = join(__dirname, '..', '..', 'docs', 'boards');
  const pictures = catalogue(production).boards.flatMap(({ uid }) => [`${uid}.svg`, `${uid}.zh-CN.svg`]);
  expect((await readdir(folder)).sort()).toEqual([...pictures, 'README.md'].sort());
  expect(await readFile(join(folder, 'README.md'), 'utf8')).toBe(gallery());
});

test('a board that does not exist is refused by its name', async () => {
  await expect(
    drawBoards(silent, tmpdir(), { window, locale: 'en', only: 'chatroom-nowhere' }),
  ).rejects.toThrow('chatroom-nowhere');
});

test('a target that is gone shows as missing, and one that is down shows as down', async () => {
  const state = async (value: number | undefined) => {
    const source: Source = {
      at: async (_expr, time) => (value === undefined ? [] : [{ labels: {}, points: [[time, value]] }]),
      over: async () => [],
    };
    const { svg } = await boardPicture(boardNamed('chatroom-overview'), source, { window, timeZone });
    return svg;
  };
  expect(await state(1)).toMatch(/fill="#56a64b"[^>]*>Up</);
  expect(await state(0)).toMatch(/fill="#e02f44"[^>]*>Down</);
  expect(await state(0.5)).toMatch(/fill="#ff780a"[^>]*>Degraded</);
  const gone = await state(undefined);
  expect(gone).toContain('>No target<');
  expect(gone).not.toMatch(/>(Up|Down|Degraded)</);
});

test('a figure takes the colour of the threshold it has passed', async () => {
  const left = async (share: number) => {
    const source: Source = {
      at: async (_expr, time) => [{ labels: { slo: 'chatroom-availability' }, points: [[time, share]] }],
      over: async () => [],
    };
    return (await boardPicture(boardNamed('chatroom-service'), source, { window, timeZone })).svg;
  };
  expect(await left(0.9)).toMatch(/fill="#56a64b"[^>]*>90%</);
  expect(await left(0.1)).toMatch(/fill="#ff780a"[^>]*>10%</);
  expect(await left(-0.5)).toMatch(/fill="#e02f44"[^>]*>-50%</);
});

test('a curve breaks where samples are missing', async () => {
  const outage: Source = {
    at: async () => [],
    over: async (expr, { start, step, end }) =>
      expr.includes('ALERTS') || expr.includes('process_start')
        ? []
        : [
            {
              labels: {},
              points: [
                [start, 1],
                [start + step, 1],
                [end - step, 1],
                [end, 1],
              ],
            },
          ],
  };
  const { svg } = await boardPicture(boardNamed('chatroom-nginx'), outage, { window, timeZone });
  const curves = [...svg.matchAll(/<path d="(M[^"Z]+)"[^>]* stroke="#56a64b"/g)].map(([, d]) => d ?? '');
  expect(curves.length).toBeGreaterThan(0);
  for (const curve of curves) expect(curve.match(/M/g)).toHaveLength(2);
});

test('two series that a reader could not tell apart are found', async () => {
  const twins: Source = {
    at: async () => [],
    over: async (_expr, { end }) => [
      { labels: { instance: 'a:1', job: 'x' }, points: [[end, 1]] },
      { labels: { instance: 'a:1', job: 'y' }, points: [[end, 2]] },
    ],
  };
  const { views } = await boardPicture(boardNamed('chatroom-nginx'), twins, { window, timeZone });
  expect(views.filter(({ kind }) => kind === 'timeseries').flatMap(repeatedNames)).toContain('a:1');
});

test.each([
  [units.seconds, 0.0034, '3.4 ms'],
  [units.seconds, 90, '1.5 min'],
  [units.seconds, 0, '0 s'],
  [units.ratio, 0.1234, '12.3%'],
  [units.bytes, 1536, '1.5 KiB'],
  [units.bytes, 3 * 1024 ** 3, '3 GiB'],
  [units.requestsPerSecond, 240, '240 req/s'],
  [units.perMinute, 12.34, '12.3 /min'],
  [units.count, 12_345, '12.3 K'],
])('in the unit %s %d reads %s', (unit, value, text) => {
  expect(formatted(unit, value)).toBe(text);
});
