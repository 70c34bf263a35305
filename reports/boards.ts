import { mkdir, writeFile } from 'node:fs/promises';
import { join, resolve } from 'node:path';
import { parseArgs } from 'node:util';
import { boards } from '../monitoring/dashboards';
import { production } from '../monitoring/environments/production';
import { isDuration, toMilliseconds } from '../monitoring/model/duration';
import { inLocale, locales, type Locale } from '../monitoring/model/text';
import { boardPicture } from './board-picture';
import { gallery } from './gallery';
import { repeatedNames } from './panel-view';
import { Prometheus, type Source, type TimeWindow } from './prometheus';

/**
 * Draws every board from a Prometheus that is running: `npm run boards`. Fails, after drawing, when a panel has a
 * query without an answer or two series of one name: a board on which something is missing is not finished.
 */

const help = `npm run boards -- [options]

Draws every board as a picture, in each language, from what a Prometheus has recorded.

  --prometheus URL   where it answers (http://127.0.0.1:18004)
  --out FOLDER       where the pictures go (docs/boards)
  --range TIME       how far back they look, such as 30m (1h)
  --board UID        only this one
`;

/** A window that ends now and is looked at about 240 times, but no more often than Prometheus scrapes. */
export function windowEnding(end: number, length: number): TimeWindow {
  const step = Math.max(15_000, Math.ceil(length / 240 / 15_000) * 15_000);
  const aligned = Math.floor(end / step) * step;
  return { start: aligned - Math.floor(length / step) * step, end: aligned, step };
}

/** Writes the picture of every board, and returns what is missing on them. */
export async function drawBoards(
  source: Source,
  folder: string,
  { window, locale, only }: { readonly window: TimeWindow; readonly locale: Locale; readonly only?: string },
): Promise<readonly string[]> {
  await mkdir(folder, { recursive: true });
  const { offsetMinutes, name } = production.timeZone;
  const drawn = boards({ ...production, locale }).filter(({ uid }) => only === undefined || uid === only);
  if (drawn.length === 0) throw new RangeError(`there is no board ${only ?? ''}`);
  const missing: string[] = [];
  for (const board of drawn) {
    const { uid } = board;
    const { svg, views } = await boardPicture(board, source, {
      window,
      timeZone: { offsetMinutes, name: inLocale(name, locale) },
    });
    const language = locale === 'en' ? '' : `.${locale}`;
    await writeFile(join(folder, `${uid}${language}.svg`), svg);
    for (const view of views) {
      for (const { refId, expr } of view.silent) {
        missing.push(`${uid}: "${view.title}" query ${refId} found nothing: ${expr}`);
      }
      for (const repeated of repeatedNames(view)) {
        missing.push(`${uid}: "${view.title}" has more than one series called "${repeated}"`);
      }
    }
  }
  return missing;
}

async function main(): Promise<void> {
  const { values } = parseArgs({
    options: {
      prometheus: { type: 'string', default: 'http://127.0.0.1:18004' },
      out: { type: 'string', default: 'docs/boards' },
      range: { type: 'string', default: '1h' },
      board: { type: 'string' },
      help: { type: 'boolean', default: false },
    },
  });
  if (values.help) {
    console.log(help);
    return;
  }
  if (!isDuration(values.range)) {
    throw new RangeError(
      `--range ${values.range} is no duration; write a whole number and a unit, such as 30m`,
    );
  }
  const window = windowEnding(Date.now(), toMilliseconds(values.range));
  const source = new Prometheus(values.prometheus);
  const missing = new Set<string>();
  for (const locale of locales) {
    const found = await drawBoards(source, resolve(values.out), {
      window,
      locale,
      ...(values.board !== undefined && { only: values.board }),
    });
    if (locale === 'en') found.forEach((each) => missing.add(each));
  }
  if (values.board === undefined) await writeFile(join(resolve(values.out), 'README.md'), gallery());
  for (const each of missing) console.error(each);
  if (missing.size > 0) process.exitCode = 1;
}

if (require.main === module) {
  main().catch((error: unknown) => {
    console.error(error instanceof Error ? error.message : error);
    process.exitCode = 1;
  });
}
