import { parseArgs } from 'node:util';
import { slos } from '../monitoring/slos';
import { Prometheus, QueryFailedError } from './prometheus';
import { standing, UnknownSloError } from './slo-standing';
import { sloTable } from './slo-table';

/** Says how every SLO stands, by what a Prometheus has recorded: `npm run slo`. */

const help = `npm run slo -- --prometheus URL [--json]

Says for every SLO how much of its error budget is left and how fast it burns. A burn rate of 1 uses the budget up
exactly at the end of its 30 days; 14.4 within two days. "known" is the part of the 30 days that Prometheus recorded;
the rest counts as good.

  --prometheus URL   where it answers, such as http://127.0.0.1:9090
  --json             the same as data, shares from 0 to 1
`;

interface Output {
  readonly write: (text: string) => void;
  readonly complain: (text: string) => void;
}

/** Runs the command and returns its exit code: 0 when it could tell, 1 when Prometheus could not, 2 for a wrong use. */
export async function sloReport(args: readonly string[], output: Output, now = Date.now()): Promise<number> {
  let options: { prometheus?: string; json?: boolean; help?: boolean };
  try {
    options = parseArgs({
      args: [...args],
      options: { prometheus: { type: 'string' }, json: { type: 'boolean' }, help: { type: 'boolean' } },
    }).values;
  } catch (error) {
    output.complain(`${error instanceof Error ? error.message : String(error)}\n\n${help}`);
    return 2;
  }
  if (options.help) {
    output.write(help);
    return 0;
  }
  const { prometheus } = options;
  if (prometheus === undefined || !/^https?:\/\//.test(prometheus) || !URL.canParse(prometheus)) {
    const given = prometheus === undefined ? 'missing' : `"${prometheus}" is no http or https address`;
    output.complain(`--prometheus: ${given}; write one such as http://127.0.0.1:9090\n\n${help}`);
    return 2;
  }
  const source = new Prometheus(prometheus);
  try {
    const standings = await Promise.all(slos.map((slo) => standing(slo, (expr) => source.at(expr, now))));
    output.write(options.json ? `${JSON.stringify(standings, undefined, 2)}\n` : sloTable(standings));
    return 0;
  } catch (error) {
    if (!(error instanceof QueryFailedError) && !(error instanceof UnknownSloError)) throw error;
    output.complain(`${error.message}\n`);
    return 1;
  }
}

if (require.main === module) {
  void sloReport(process.argv.slice(2), {
    write: (text) => process.stdout.write(text),
    complain: (text) => process.stderr.write(text),
  }).then((code) => (process.exitCode = code));
}
