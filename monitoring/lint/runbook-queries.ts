import { parseQuery, seriesIn } from '../model/query';
import type { Check } from './problem';
import { vocabularyOf } from './vocabulary';

/** A query that a page tells somebody to run at three in the morning can be read, and is about something. */
export const runbookQueries: Check = (catalogue, { runbooks }) => {
  const vocabulary = vocabularyOf(catalogue);
  return [...runbooks].flatMap(([name, page]) => {
    const problem = (message: string) => ({ check: 'runbook-queries', subject: `runbook ${name}`, message });
    const blocks = page.matchAll(/^```promql\n(.*?)^```$/gms);
    const queries = new Set([...blocks].flatMap(([, block = '']) => block.trim().split(/\n(?!\s)/)));
    return [...queries].flatMap((text) => {
      try {
        return seriesIn(parseQuery(text))
          .filter((series) => !vocabulary.has(series))
          .map((series) =>
            problem(`asks for ${series}, which nothing that is scraped exposes; mend its name, or scrape it`),
          );
      } catch (error) {
        return [problem((error as Error).message)];
      }
    });
  });
};
