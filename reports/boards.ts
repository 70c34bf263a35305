import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { catalogue } from '../monitoring/catalogue';
import { production } from '../monitoring/environments/production';
import { inLocale, locales, type Locale } from '../monitoring/model/text';
import { boardPicture, type PictureOptions } from './board-picture';
import { gallery, pictureFile } from './gallery';
import { repeatedNames } from './panel-view';
import type { Source, TimeWindow } from './prometheus';

/** A window that ends now and is looked at about 240 times, but no more often than Prometheus scrapes. */
export function windowEnding(end: number, length: number, scrapeInterval = 15_000): TimeWindow {
  const step = Math.max(1, Math.ceil(length / 240 / scrapeInterval)) * scrapeInterval;
  const aligned = Math.floor(end / step) * step;
  return { start: aligned - Math.floor(length / step) * step, end: aligned, step };
}

export interface DrawOptions extends Omit<PictureOptions, 'timeZone'> {
  readonly locale: Locale;
  /** The uid of the only board to draw. @default - all of them */
  readonly only?: string;
}

/** Writes the picture of every board, and returns what is missing on them. */
export async function drawBoards(
  source: Source,
  folder: string,
  { locale, only, ...options }: DrawOptions,
): Promise<readonly string[]> {
  await mkdir(folder, { recursive: true });
  const { offsetMinutes, name } = production.timeZone;
  const drawn = catalogue({ ...production, locale }).boards.filter(
    ({ uid }) => only === undefined || uid === only,
  );
  if (drawn.length === 0) throw new RangeError(`there is no board ${only ?? ''}`);
  const missing: string[] = [];
  for (const board of drawn) {
    const { uid } = board;
    const { svg, views } = await boardPicture(board, source, {
      ...options,
      timeZone: { offsetMinutes, name: inLocale(name, locale) },
    });
    await writeFile(join(folder, pictureFile(uid, locale)), svg);
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

/**
 * Draws every board in every language, with the page that shows them.
 *
 * @returns what is missing: queries without an answer, and series of one name. A board with either is not finished.
 */
export async function drawGallery(
  source: Source,
  folder: string,
  options: Omit<DrawOptions, 'locale'>,
): Promise<readonly string[]> {
  const missing = new Set<string>();
  for (const locale of locales) {
    const found = await drawBoards(source, folder, { ...options, locale });
    if (locale === 'en') found.forEach((each) => missing.add(each));
  }
  if (options.only === undefined) await writeFile(join(folder, 'README.md'), gallery());
  return [...missing];
}
