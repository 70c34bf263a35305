import { bothLanguages } from '../../../monitoring/lint/both-languages';
import { alert, said } from './planted';

test('a text copied from the other language, or left empty, is told', () => {
  const alerts = [
    alert({ summary: { zh: 'Redis is down', en: 'Redis is down' }, description: { zh: '坏了', en: '' } }),
    alert({ summary: { zh: '坏了', en: '坏了' } }),
  ];
  expect(said(bothLanguages, { alerts })).toEqual([
    'alert RedisDown: summary.zh is not Chinese: "Redis is down"; say it in Chinese',
    'alert RedisDown: description.en is not English: ""; say it in English',
    'alert RedisDown: summary.en is not English: "坏了"; say it in English',
  ]);
  expect(said(bothLanguages, { alerts: [alert({})] })).toEqual([]);
});
