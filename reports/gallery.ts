import { catalogue } from '../monitoring/catalogue';
import { production } from '../monitoring/environments/production';
import type { Locale } from '../monitoring/model/text';

/**
 * How the pictures come about: one run of the stack, so that what one board shows of a moment is what the others show.
 * Times are in milliseconds as they pass; what the model measures time by is divided by the factor.
 */
export const recipe = {
  factor: 10,
  users: 60,
  /** Until everybody is there and every range that curves look over has filled. */
  warmUp: 30_000,
  well: 100_000,
  fault: 'errors',
  broken: 70_000,
  healed: 80_000,
} as const;

/** The file of a board's picture, beside those of the others. */
export const pictureFile = (uid: string, locale: Locale): string =>
  `${uid}${locale === 'en' ? '' : `.${locale}`}.svg`;

const seconds = (milliseconds: number) => `${milliseconds / 1_000} s`;

/** The page that shows every board's picture, in English with the Chinese picture a click away. */
export function gallery(): string {
  const english = catalogue({ ...production, locale: 'en' }).boards;
  const chinese = new Map(
    catalogue({ ...production, locale: 'zh-CN' }).boards.map(({ uid, dashboard }) => [uid, dashboard]),
  );
  return [
    '# Boards',
    '',
    'What each Grafana board looks like on the running stack, all drawn from their own queries by one `npm run boards`.',
    `It starts the stack with every duration of rules and routes divided by ${recipe.factor}, lets ${recipe.users} users chat, breaks it after`,
    `${seconds(recipe.well)} as \`npm start -- --break ${recipe.fault}\` does, mends it ${seconds(recipe.broken)} later, and draws what was there until ${seconds(recipe.healed)} after`,
    'that. A red area is the time of an alert, a blue line the start of a chat server. The boards themselves are in',
    '`dist/standalone/dashboards`, what they are made of in `monitoring/dashboards`.',
    '',
    '每个面板的中文图片见各节链接。',
    '',
    ...english.flatMap(({ uid, dashboard }) => [
      `## ${dashboard.title ?? uid}`,
      '',
      `${dashboard.description ?? ''} [${chinese.get(uid)?.title ?? uid}](${pictureFile(uid, 'zh-CN')})`,
      '',
      `![${dashboard.title ?? uid}](${pictureFile(uid, 'en')})`,
      '',
    ]),
  ].join('\n');
}
