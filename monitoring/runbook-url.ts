import type { Environment } from './environment';

/** Where the page about an alert is. */
export function runbookUrl({ runbooks }: Environment['urls'], alert: string): string {
  return `${runbooks}/${alert}.md`;
}
