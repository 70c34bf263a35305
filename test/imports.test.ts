import { execFileSync } from 'node:child_process';
import { globSync, mkdirSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

const root = join(__dirname, '..');

interface Cruise {
  readonly summary: {
    readonly totalCruised: number;
    readonly violations: readonly { readonly rule: { readonly name: string }; readonly from: string }[];
  };
}

/** dependency-cruiser on the whole house, as `npm run check:imports` runs it. */
function cruise(...paths: readonly string[]): Cruise {
  const program = join(root, 'node_modules', '.bin', 'depcruise');
  const args = ['--config', '.dependency-cruiser.cjs', '--output-type', 'json', ...paths];
  const output = execFileSync(program, args, { cwd: root, encoding: 'utf8', maxBuffer: 256 * 1024 * 1024 });
  return JSON.parse(output) as Cruise;
}

describe('the import rules', () => {
  test('see every folder of the house, so that a clean answer means something', () => {
    const folders = ['monitoring', 'decision', 'chatroom', 'constructs', 'local', 'reports', 'soak'];
    const files = globSync(`{${folders.join(',')}}/**/*.ts`, { cwd: root });
    const { summary } = cruise(...folders);
    expect(files.length).toBeGreaterThan(0);
    expect(summary.totalCruised).toBeGreaterThanOrEqual(files.length);
    expect(summary.violations).toEqual([]);
  });

  test.each([
    {
      rule: 'pure-folders-do-no-io',
      text: "import { readFileSync } from 'node:fs';\nexport const planted = readFileSync;",
    },
    {
      rule: 'pure-folders-know-no-kubernetes',
      text: "import { App } from 'cdk8s';\nexport const planted = App;",
    },
    {
      rule: 'monitoring-knows-no-edge',
      text: "import type { Stack } from '../../local/stack';\nexport type Planted = Stack;",
    },
  ])('object to a planted breach of $rule', ({ rule, text }) => {
    const folder = join(root, 'monitoring', `planted-${process.pid}`);
    mkdirSync(folder);
    try {
      writeFileSync(join(folder, 'breach.ts'), text);
      const { summary } = cruise(folder.slice(root.length + 1));
      expect(summary.violations.map((violation) => violation.rule.name)).toContain(rule);
    } finally {
      rmSync(folder, { recursive: true });
    }
  });
});
