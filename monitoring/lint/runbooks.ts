import type { Check } from './problem';

/** What somebody needs who was woken: in this order, in English and then in Chinese. */
const sections = [
  '## What it means',
  '## Impact',
  '## How to confirm',
  '## How to mend',
  '## How to prevent',
  '## 中文',
  '### 含义',
  '### 影响',
  '### 确认',
  '### 处理',
  '### 预防',
] as const;

/** Every alert links a runbook that exists and is whole, and no page stays behind when its alert goes. */
export const runbooks: Check = (_catalogue, { runbooks: pages, definedAlerts }) => {
  const problem = (subject: string, message: string) => ({ check: 'runbooks', subject, message });
  return [
    ...definedAlerts.flatMap((name) => {
      const page = pages.get(name);
      if (page === undefined) {
        return [problem(`alert ${name}`, `has no runbook; write docs/runbooks/${name}.md`)];
      }
      return missingSections(page).map((section) =>
        problem(
          `runbook ${name}`,
          `lacks the section "${section}", or has it in another order; see its siblings`,
        ),
      );
    }),
    ...[...pages.keys()]
      .filter((name) => !definedAlerts.includes(name))
      .map((name) =>
        problem(`runbook ${name}`, `no alert has this name; remove docs/runbooks/${name}.md or rename it`),
      ),
  ];
};

function missingSections(page: string): readonly string[] {
  let from = 0;
  return sections.filter((section) => {
    const at = page.split('\n').indexOf(section, from);
    if (at >= 0) from = at + 1;
    return at < 0;
  });
}
