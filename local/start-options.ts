import { parseArgs } from 'node:util';
import { resolve } from 'node:path';
import { isDuration, toMilliseconds } from '../monitoring/model/duration';
import type { Fault } from './faults/fault';
import { faultNamed, faults } from './faults';
import { obstacle, ownRights } from './faults/obstacle';
import { portNames, portsFrom, type PortName, type Ports } from './ports';
import { checkout } from './site';

/** What `npm start` was asked to do. */
export interface StartOptions {
  readonly users: number;
  readonly fault?: Fault;
  readonly healAfterMilliseconds?: number;
  readonly forMilliseconds?: number;
  readonly factor: number;
  readonly ports: Ports;
  readonly data: string;
}

/** An argument cannot be right. */
export class UsageError extends Error {
  override readonly name = 'UsageError';
}

export const defaultPortBase = 18_000;
const defaultFaultUsers = 20;

/** @throws UsageError with one line that names the argument, its value and what it may be. */
export function startOptions(args: readonly string[]): StartOptions | 'help' {
  const values = parsed(args);
  if (values.help) return 'help';
  const fault = values.break === undefined ? undefined : breakOption(values.break);
  const base = whole('--port-base', values['port-base'], 1_024, 65_535 - portNames.length) ?? defaultPortBase;
  const healAfter = duration('--heal-after', values['heal-after']);
  const runFor = duration('--for', values.for);
  if (healAfter !== undefined && !fault) {
    throw new UsageError('--heal-after has nothing to heal; say with --break what to break');
  }
  if (fault?.needsSilence && values.load !== undefined) {
    throw new UsageError(`--break ${fault.name} shows only while nobody talks; leave --load out`);
  }
  return {
    users: whole('--load', values.load, 0, 2_000) ?? (fault?.needsLoad ? defaultFaultUsers : 0),
    factor: whole('--compress', values.compress, 1, 60) ?? 1,
    ports: portsFrom(base, chosenPorts(values.port ?? [])),
    data: values.data === undefined ? `${checkout}/.data` : resolve(values.data),
    ...(fault && { fault }),
    ...(healAfter !== undefined && { healAfterMilliseconds: healAfter }),
    ...(runFor !== undefined && { forMilliseconds: runFor }),
  };
}

export const help = `npm start -- [options]

Runs the monitored chat room on this machine: chat servers, database, exporters, Prometheus,
Alertmanager, and catchers for what they send. Ctrl-C stops everything.

  --load N           let N users chat, and request pages as they would
  --break FAULT      break something once everything runs, and say what to expect:
${faults.map(({ name, does }) => hanging(name, does)).join('\n')}
  --heal-after TIME  mend it after a while, such as 3m; otherwise press Enter
  --for TIME         stop after a while, such as 5m
  --compress FACTOR  divide every duration of the rules and routes, so that alerts come sooner
  --data DIR         folder for everything that is written [.data]
  --port-base N      first of ${portNames.length} consecutive ports [${defaultPortBase}]
  --port NAME=N      choose one port; may be repeated. Names:
${columns(portNames, 5)}
  --help             show this
`;

/** A name and what is said about it, continued below itself where a line of a terminal ends. */
function hanging(name: string, text: string): string {
  const width = 65;
  const lines = text.split(' ').reduce<readonly string[]>((done, word) => {
    const last = done.at(-1);
    const fits = last !== undefined && last.length + 1 + word.length <= width;
    return fits ? [...done.slice(0, -1), `${last} ${word}`] : [...done, word];
  }, []);
  return lines
    .map((line, index) => `${' '.repeat(23)}${(index === 0 ? name : '').padEnd(20)} ${line}`)
    .join('\n');
}

function columns(names: readonly string[], perLine: number): string {
  const lines = Array.from({ length: Math.ceil(names.length / perLine) }, (_, line) =>
    names.slice(line * perLine, (line + 1) * perLine).join(', '),
  );
  return lines.map((line) => ' '.repeat(23) + line).join(',\n');
}

function parsed(args: readonly string[]) {
  try {
    return parseArgs({
      args: [...args],
      options: {
        load: { type: 'string' },
        break: { type: 'string' },
        'heal-after': { type: 'string' },
        for: { type: 'string' },
        compress: { type: 'string' },
        data: { type: 'string' },
        'port-base': { type: 'string' },
        port: { type: 'string', multiple: true },
        help: { type: 'boolean', short: 'h' },
      },
    }).values;
  } catch (cause) {
    const [first = ''] = String((cause as Error).message).split('. ');
    throw new UsageError(`${first}; "npm start -- --help" lists the options`, { cause });
  }
}

function breakOption(name: string): Fault {
  const fault = faultNamed(name);
  if (!fault) {
    throw new UsageError(
      `--break ${name} is unknown; choose one of ${faults.map((each) => each.name).join(', ')}`,
    );
  }
  const why = obstacle(fault, ownRights());
  if (why !== undefined) throw new UsageError(`--break ${name} ${why}`);
  return fault;
}

function whole(option: string, text: string | undefined, least: number, most: number): number | undefined {
  if (text === undefined) return undefined;
  const value = Number(text);
  if (/^\d+$/.test(text) && value >= least && value <= most) return value;
  throw new UsageError(`${option} ${text} cannot be; give a whole number from ${least} to ${most}`);
}

function duration(option: string, text: string | undefined): number | undefined {
  if (text === undefined) return undefined;
  if (isDuration(text)) return toMilliseconds(text);
  throw new UsageError(
    `${option} ${text} is not a duration; write a whole number and a unit, such as 90s or 5m`,
  );
}

function chosenPorts(choices: readonly string[]): Partial<Ports> {
  return Object.fromEntries(
    choices.map((choice) => {
      const [name = '', port] = choice.split('=');
      if (!portNames.includes(name as PortName)) {
        throw new UsageError(
          `--port ${choice} names no port; write NAME=NUMBER with one of ${portNames.join(', ')}`,
        );
      }
      return [name, whole(`--port ${name}=`, port ?? '', 1, 65_535)];
    }),
  );
}
