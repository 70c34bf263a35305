import { execFileSync } from 'node:child_process';
import {
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

jest.setTimeout(400_000);

const root = join(__dirname, '..', '..');
const packages = join(root, 'node_modules');

// Here and not among the unit tests because it compiles everything, as the release does.
describe('the package, as somebody else installs it', () => {
  const folder = mkdtempSync(join(tmpdir(), 'package-'));
  const modules = join(folder, 'node_modules');
  const node = (...args: string[]) => execFileSync(process.execPath, args, { cwd: folder, encoding: 'utf8' });

  beforeAll(() => {
    execFileSync('npm', ['run', '--silent', 'build'], { cwd: root, stdio: ['ignore', 'ignore', 'inherit'] });
    execFileSync('npm', ['pack', '--silent', '--ignore-scripts', '--pack-destination', folder], {
      cwd: root,
      stdio: ['ignore', 'ignore', 'ignore'],
    });
    const [tarball = ''] = readdirSync(folder).filter((file) => file.endsWith('.tgz'));
    mkdirSync(join(modules, 'chatroom-monitoring'), { recursive: true });
    execFileSync('tar', [
      'xzf',
      join(folder, tarball),
      '-C',
      join(modules, 'chatroom-monitoring'),
      '--strip',
      '1',
    ]);
    // What it depends on is what is installed here: installing it once more would prove nothing about the package.
    for (const name of readdirSync(packages)) {
      if (!name.startsWith('.')) symlinkSync(join(packages, name), join(modules, name));
    }
  });
  afterAll(() => rmSync(folder, { recursive: true, force: true }));

  it('holds what runs and its types, and neither sources nor what they are tested with', () => {
    const files = readdirSync(join(modules, 'chatroom-monitoring'), { recursive: true }).map(String);
    expect(files).toEqual(
      expect.arrayContaining([
        'build/constructs/library.js',
        'build/constructs/library.d.ts',
        'build/imports/schemas/monitoring.coreos.com/ServiceMonitor.json',
        'README.md',
        'LICENSE',
      ]),
    );
    expect(files.filter((file) => /^(test|bench|dist|node_modules)\b|(?<!\.d)\.ts$/.test(file))).toEqual([]);
  });

  it('lets the example be written in TypeScript, by its types and by its name', () => {
    const source = readFileSync(join(root, 'examples', 'another-service', 'main.ts'), 'utf8');
    const outside = source.replace("'../../constructs/library'", "'chatroom-monitoring/constructs'");
    expect(outside).not.toBe(source);
    writeFileSync(join(folder, 'orders.ts'), outside);
    const options = [
      '--module',
      'nodenext',
      '--target',
      'es2023',
      '--strict',
      '--skipLibCheck',
      '--types',
      'node',
    ];
    node(join(packages, 'typescript', 'bin', 'tsc'), ...options, '--outDir', '.', 'orders.ts');
    node('orders.js');
    expect(readFileSync(join(folder, 'dist', 'orders.k8s.yaml'), 'utf8')).toContain('kind: ServiceMonitor');
  });

  it.each([
    [
      'CommonJS',
      'plain.cjs',
      "const { App, Chart } = require('cdk8s');\nconst { ServiceScrape } = require('chatroom-monitoring/constructs');",
    ],
    [
      'ES modules',
      'plain.mjs',
      "import { App, Chart } from 'cdk8s';\nimport { ServiceScrape } from 'chatroom-monitoring/constructs';",
    ],
  ])('can be used from plain %s, and says what is wrong there too', (_, file, imports) => {
    writeFileSync(
      join(folder, file),
      `${imports}
const written = (port) => {
  const chart = new Chart(new App(), 'orders');
  new ServiceScrape(chart, 'scrape', { job: 'orders', namespace: 'orders', port });
  return chart.toJson();
};
console.log(written('http').map(({ kind }) => kind).join());
try { written(80); } catch ({ message }) { console.log(message); }
`,
    );
    expect(node(file).trim().split('\n')).toEqual([
      'ServiceMonitor',
      'ServiceMonitor orders/orders is not valid:',
      '  - spec.endpoints[0].port = 80: must be a string',
    ]);
  });
});
