import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { catalogue } from '../../monitoring/catalogue';
import { panelQueries, panelsOf } from '../../monitoring/dashboards/queries';
import { production } from '../../monitoring/environments/production';
import { locales } from '../../monitoring/model/text';
import { pictureFile } from '../../reports/gallery';

/**
 * The committed pictures, held against the model: whoever changes what a board says draws it anew, with
 * `npm run boards`.
 */
const folder = join(__dirname, '..', '..', 'docs', 'boards');

const pictures = locales.flatMap((locale) =>
  catalogue({ ...production, locale }).boards.map((board) => {
    const file = pictureFile(board.uid, locale);
    return [file, board, readFileSync(join(folder, file), 'utf8')] as const;
  }),
);

/** Every text of a picture, as it is read. */
function textsOf(svg: string): readonly string[] {
  return [...svg.matchAll(/>([^<>]+)<\/text>/g)].map(([, text = '']) =>
    text
      .replaceAll('&lt;', '<')
      .replaceAll('&gt;', '>')
      .replaceAll('&quot;', '"')
      .replaceAll('&amp;', '&')
      .trim(),
  );
}

/** The texts of each panel, which follow its title. */
function textsByPanel(svg: string, titles: readonly string[]): ReadonlyMap<string, readonly string[]> {
  const found = new Map<string, readonly string[]>();
  // Each panel is a frame, its title and a picture of its own.
  const frames = svg.split(/<rect x="[\d.]+" y="[\d.]+" width="\d+" height="\d+" rx="3"/).slice(1);
  for (const frame of frames) {
    const [title = '', ...texts] = textsOf(frame);
    if (titles.includes(title)) found.set(title, texts);
  }
  return found;
}

test('there is a picture of every board in every language', () => {
  expect(pictures.length).toBeGreaterThanOrEqual(18);
});

describe.each(pictures)('%s', (_file, board, svg) => {
  const panels = panelsOf(board.dashboard.panels ?? []);
  const titles = panels.map(({ title = '' }) => title);
  const drawn = textsByPanel(svg, titles);

  test('bears the titles of the board, its headings and its panels', () => {
    const texts = textsOf(svg);
    expect(texts).toContain(board.dashboard.title);
    const headings = (board.dashboard.panels ?? []).map(({ title = '' }) => title);
    expect(headings.filter((title) => !texts.includes(title))).toEqual([]);
    expect([...drawn.keys()].sort()).toEqual([...titles].sort());
  });

  test('names in each panel the series whose names are fixed', () => {
    const missing = panelQueries(board).flatMap(({ panel, legend, bound, format }) => {
      if (legend.includes('{{') || bound || format === 'table') return [];
      const texts = drawn.get(panel) ?? [];
      // Curves have their last value behind the name.
      return texts.some((text) => text === legend || text.startsWith(`${legend}  `))
        ? []
        : [`${panel}: ${legend}`];
    });
    expect(missing).toEqual([]);
  });

  test('shows no path of the machine that drew it', () => {
    expect(textsOf(svg).filter((text) => /\/(tmp|root|home|work)\b/.test(text))).toEqual([]);
    expect(svg.includes('/tmp/')).toBe(false);
  });
});

test.each(locales)('the picture of the monitoring in %s shows every job, and no other', (locale) => {
  const { boards, jobs } = catalogue({ ...production, locale });
  const board = boards.find(({ uid }) => uid === 'chatroom-monitoring');
  const panel = panelQueries(board!).find(({ legend }) => legend === '{{job}}')?.panel ?? '';
  const svg = readFileSync(join(folder, pictureFile('chatroom-monitoring', locale)), 'utf8');
  const curves = (textsByPanel(svg, [panel]).get(panel) ?? []).flatMap(
    (text) => /^(\S+) {2}\S/.exec(text)?.slice(1) ?? [],
  );
  expect(curves.sort()).toEqual(jobs.map(({ name }): string => name).sort());
});
