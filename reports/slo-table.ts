import { burnWindows, type Standing } from './slo-standing';

/** Standings as a table for a terminal. */
export function sloTable(standings: readonly Standing[]): string {
  const rows = [
    [
      'SLO',
      'objective',
      'achieved',
      'budget left',
      ...burnWindows.map((window) => `burn ${window}`),
      'known of 30d',
    ],
    ...standings.map(({ slo, objective, achieved, budgetRemaining, burnRates, known }) => [
      slo,
      percent(objective),
      percent(achieved),
      `${(100 * budgetRemaining).toFixed(1)} %`,
      ...burnWindows.map((window) => `${burnRates[window].toFixed(2)}x`),
      `${(100 * known).toFixed(known < 0.1 ? 2 : 0)} %`,
    ]),
  ];
  const widths = rows[0]!.map((_, column) => Math.max(...rows.map((row) => row[column]!.length)));
  return rows
    .map((row) =>
      row
        .map((cell, column) => (column === 0 ? cell.padEnd(widths[column]!) : cell.padStart(widths[column]!)))
        .join('  ')
        .trimEnd(),
    )
    .map((line) => `${line}\n`)
    .join('');
}

/** Never rounded up to a promise that was not kept. */
function percent(share: number): string {
  return `${(Math.floor(share * 1e5 + 1e-6) / 1e3).toFixed(3)} %`;
}
