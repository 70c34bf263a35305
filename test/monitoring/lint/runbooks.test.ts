import { lintContext } from '../../../local/check-model';
import { runbooks } from '../../../monitoring/lint/runbooks';
import { said } from './planted';

const page = lintContext().runbooks.get('RedisDown') ?? '';
const about = (pages: Readonly<Record<string, string>>, ...definedAlerts: string[]) =>
  said(runbooks, {}, { runbooks: new Map(Object.entries(pages)), definedAlerts });

test('an alert without a page, and a page without an alert, are told', () => {
  expect(about({ RedisDown: page, Gone: page }, 'RedisDown', 'New')).toEqual([
    'alert New: has no runbook; write docs/runbooks/New.md',
    'runbook Gone: no alert has this name; remove docs/runbooks/Gone.md or rename it',
  ]);
});

test('a page that lacks a section is told which', () => {
  expect(about({ RedisDown: page.replace('## How to mend', '## Remarks') }, 'RedisDown')).toEqual([
    'runbook RedisDown: lacks the section "## How to mend", or has it in another order; see its siblings',
  ]);
});

test('a page that stops before its Chinese half is told', () => {
  expect(about({ RedisDown: page.split('## 中文')[0]! }, 'RedisDown')).toHaveLength(6);
});
