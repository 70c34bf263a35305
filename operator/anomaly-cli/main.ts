import { writeFileSync } from 'node:fs';
import type { PolicyInput } from '../../decision/anomaly';
import { parseArguments, usage, UsageError } from './arguments';
import { chartOf } from './chart';
import { judge } from './judge';
import { PrometheusError, readRange } from './prometheus';
import { jsonOf, reportOf } from './report';

/** Reads a range from a real Prometheus, judges it, and prints the anomalies with their explanation. */
export async function main(
  argv: readonly string[],
  now: number,
  print: (text: string) => void,
): Promise<void> {
  const { chart, json, kind, falseAlarmsPerDay, prometheus, ...range } = parseArguments(argv, now);
  const settings: PolicyInput = { kind, ...(falseAlarmsPerDay !== undefined && { falseAlarmsPerDay }) };
  const judged = (await readRange({ url: prometheus, ...range })).map((series) => judge(series, settings));
  for (const one of judged) print(json ? jsonOf(one) : reportOf(one));
  if (chart !== undefined) writeFileSync(chart, chartOf(judged));
}

if (require.main === module) {
  main(process.argv.slice(2), Date.now(), (text) => process.stdout.write(`${text}\n`)).catch(
    (error: unknown) => {
      if (error instanceof UsageError) process.stderr.write(`${error.message}\n\n${usage}`);
      else if (error instanceof PrometheusError) process.stderr.write(`${error.message}\n`);
      else throw error;
      process.exitCode = 2;
    },
  );
}
