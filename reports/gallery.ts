import { boards } from '../monitoring/dashboards';
import { production } from '../monitoring/environments/production';

/** The page that shows every board's picture, in English with the Chinese picture a click away. */
export function gallery(): string {
  const english = boards({ ...production, locale: 'en' });
  const chinese = new Map(
    boards({ ...production, locale: 'zh-CN' }).map(({ uid, dashboard }) => [uid, dashboard]),
  );
  return [
    '# Boards',
    '',
    'What each Grafana board looks like on the running stack, drawn from its own queries by `npm run boards` while',
    '`npm start -- --load 60 --break errors --heal-after 4m` was running. Red marks the time of an alert, a blue line the',
    'start of a chat server. The boards themselves are in `dist/standalone/dashboards`, what they are made of in',
    '`monitoring/dashboards`.',
    '',
    '每个面板的中文图片见各节链接。',
    '',
    ...english.flatMap(({ uid, dashboard }) => [
      `## ${dashboard.title ?? uid}`,
      '',
      `${dashboard.description ?? ''} [${chinese.get(uid)?.title ?? uid}](${uid}.zh-CN.svg)`,
      '',
      `![${dashboard.title ?? uid}](${uid}.svg)`,
      '',
    ]),
  ].join('\n');
}
