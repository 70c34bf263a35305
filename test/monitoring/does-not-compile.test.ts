import { join } from 'node:path';
import ts from 'typescript';

const root = join(__dirname, '..', '..');
const file = join(__dirname, 'does-not-compile.ts');
const expectation = /^\s*\/\/ @ts-expect-error .*$/;

/** The lines of a text that do not compile, counted from 1. */
function wrongLines(text: string): readonly number[] {
  const { config } = ts.readConfigFile(join(root, 'tsconfig.json'), (path) => ts.sys.readFile(path)) as {
    config: unknown;
  };
  const { options } = ts.parseJsonConfigFileContent(config, ts.sys, root);
  const host = ts.createCompilerHost(options);
  const read = host.readFile.bind(host);
  host.readFile = (path) => (path === file ? text : read(path));
  const program = ts.createProgram([file], options, host);
  return program
    .getSemanticDiagnostics(program.getSourceFile(file))
    .map(({ start = 0 }) => text.slice(0, start).split('\n').length);
}

test('misspelt alerts, metrics, labels and jobs do not compile, and what is right does', () => {
  const lines = (ts.sys.readFile(file) ?? '').split('\n');
  const marked = lines.flatMap((line, index) => (expectation.test(line) ? [index + 2] : []));
  expect(marked.length).toBeGreaterThan(10);
  const bare = lines.map((line) => (expectation.test(line) ? '' : line)).join('\n');
  expect(wrongLines(bare)).toEqual(marked);
}, 60_000);
