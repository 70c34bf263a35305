import { mkdirSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { format } from 'prettier';
import { checkout } from '../../local/site';
import type { Summary } from './statistics';

/** A page of docs/benchmarks/, written by the bench whose figures it shows. */
export interface Page {
  /** Name of the bench and of the file: `npm run bench:<name>` writes docs/benchmarks/<name>.md. */
  readonly name: string;
  readonly title: string;
  /** Exactly what was run, so that anybody can run it again. */
  readonly command: string;
  readonly machine: string;
  readonly takenAt: Date;
  /** Paragraphs and tables of Markdown. */
  readonly body: readonly string[];
}

export function rendered(page: Page): string {
  return [
    `# ${page.title}`,
    `> Written by \`${page.command}\` on ${page.takenAt.toISOString().slice(0, 10)}. Machine: ${page.machine}. Do not edit: the next run overwrites it.`,
    ...page.body,
    '',
  ].join('\n\n');
}

/** Writes a page where it belongs and returns its path. */
export async function writePage(page: Page, folder = join(checkout, 'docs', 'benchmarks')): Promise<string> {
  const file = join(folder, `${page.name}.md`);
  mkdirSync(dirname(file), { recursive: true });
  writeFileSync(file, await format(rendered(page), { parser: 'markdown', printWidth: 110 }));
  return file;
}

/** A table of Markdown. */
export function table(head: readonly string[], rows: readonly (readonly string[])[]): string {
  const line = (cells: readonly string[]): string => `| ${cells.join(' | ')} |`;
  return [line(head), line(head.map(() => '---')), ...rows.map(line)].join('\n');
}

/** A number as people read it: `12,345`, `1.23`. */
export function figure(value: number, digits = value >= 100 ? 0 : value >= 10 ? 1 : 2): string {
  return value.toLocaleString('en-US', { minimumFractionDigits: digits, maximumFractionDigits: digits });
}

/** A median with the lowest and highest of its measurements beside it. */
export function spread({ median, lowest, highest }: Summary, digits?: number): string {
  const own = digits ?? (highest >= 100 ? 0 : highest >= 10 ? 1 : 2);
  return `${figure(median, own)} (${figure(lowest, own)} … ${figure(highest, own)})`;
}
