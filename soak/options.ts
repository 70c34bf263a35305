import { parseArgs } from 'node:util';
import { faults } from '../local/faults';
import type { Fault } from '../local/faults/fault';
import { obstacle, type Rights } from '../local/faults/obstacle';
import { UsageError } from '../local/start-options';
import { isDuration, toMilliseconds } from '../monitoring/model/duration';

/** What `npm run soak` was asked to do. */
export interface SoakOptions {
  readonly forMs: number;
  readonly factor: number;
  readonly users: number;
  readonly seed: number;
  readonly faults: readonly Fault[];
  readonly json?: string;
}

/** Long enough to tell what a process gains in an hour from what it needs to settle. */
const defaultFor = '12m';

export const help = `npm run soak -- [options]

Runs the monitored chat room under load, breaks it in random ways one after another, and accounts at the
end for every alert, notification and message. Exit code 1 when the account is not clean.

  --for TIME         go on breaking things for so long, such as 90s or 2h [${defaultFor}]
  --seed N           choose the same faults as an earlier run [the time]
  --faults A,B       choose only among these:${list(faults.map(({ name }) => name))}
  --users N          how many people talk [12]
  --compress FACTOR  divide every duration of the rules and routes [30]
  --json FILE        write the account there, too
  --help             show this
`;

/** Names, a few on each line, below one another. */
function list(names: readonly string[]): string {
  const lines = Array.from({ length: Math.ceil(names.length / 5) }, (_, line) =>
    names.slice(line * 5, (line + 1) * 5).join(', '),
  );
  return lines.map((line) => `\n                       ${line}`).join(',');
}

/**
 * @param rights - what faults may do here
 * @param now - the seed where none is given
 * @throws UsageError with one line that names the option, its value and what it may be.
 */
export function soakOptions(args: readonly string[], rights: Rights, now: number): SoakOptions | 'help' {
  const values = parsed(args);
  if (values.help) return 'help';
  return {
    forMs: duration(values.for),
    factor: whole('--compress', values.compress, 1, 60),
    users: whole('--users', values.users, 1, 200),
    seed: values.seed === undefined ? now : whole('--seed', values.seed, 0, Number.MAX_SAFE_INTEGER),
    faults: chosen(values.faults?.split(','), rights),
    ...(values.json !== undefined && { json: values.json }),
  };
}

function parsed(args: readonly string[]) {
  try {
    return parseArgs({
      args: [...args],
      options: {
        for: { type: 'string', default: defaultFor },
        seed: { type: 'string' },
        faults: { type: 'string' },
        users: { type: 'string', default: '12' },
        compress: { type: 'string', default: '30' },
        json: { type: 'string' },
        help: { type: 'boolean', short: 'h' },
      },
    }).values;
  } catch (cause) {
    const [first = ''] = String((cause as Error).message).split('. ');
    throw new UsageError(`${first}; "npm run soak -- --help" lists the options`, { cause });
  }
}

function duration(text: string): number {
  if (isDuration(text)) return toMilliseconds(text);
  throw new UsageError(`--for ${text} is not a duration; write a whole number and a unit, such as 90s or 2h`);
}

function whole(option: string, text: string, least: number, most: number): number {
  const value = Number(text);
  if (/^\d+$/.test(text) && value >= least && value <= most) return value;
  throw new UsageError(`${option} ${text} cannot be; give a whole number from ${least} to ${most}`);
}

function chosen(names: readonly string[] | undefined, rights: Rights): readonly Fault[] {
  const all: readonly Fault[] = faults;
  const objection = (fault: Fault): string | undefined => unfit(fault) ?? obstacle(fault, rights);
  for (const name of names ?? []) {
    const fault = all.find((each) => each.name === name);
    if (!fault) {
      throw new UsageError(
        `--faults ${name} is unknown; choose among ${all.map((each) => each.name).join(', ')}`,
      );
    }
    const why = objection(fault);
    if (why !== undefined) throw new UsageError(`--faults ${name} ${why}`);
  }
  return all.filter((fault) => (names?.includes(fault.name) ?? true) && objection(fault) === undefined);
}

/** Why a run like this cannot account for a fault; nothing when it can. */
function unfit({ needsSilence, cutsOff, silences }: Fault): string | undefined {
  if (needsSilence) return 'shows only while nobody talks, and in a soak people do';
  if (cutsOff !== undefined)
    return `keeps back what is due by ${cutsOff}, and a soak demands that everybody is told`;
  if (silences) return 'keeps everything back, and a soak demands that everybody is told';
  return undefined;
}
