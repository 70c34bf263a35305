import { chmodSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { parseArgs } from 'node:util';
import { isDuration, toMilliseconds } from '../monitoring/model/duration';
import { drawGallery, windowEnding } from '../reports/boards';
import { recipe } from '../reports/gallery';
import { Prometheus, type Series, type Source, type TimeWindow } from '../reports/prometheus';
import { CompressedSource } from './compressed-source';
import { faultNamed } from './faults';
import { Load } from './load';
import { ofThisMachine } from './of-this-machine';
import { portsFrom } from './ports';
import { requirePrograms } from './requirements';
import { startStack } from './stack';
import { defaultPortBase } from './start-options';

/**
 * `npm run boards`: draws every board. Fails, after drawing, when a panel has a query without an answer or two series of
 * one name: a board on which something is missing is not finished.
 */

const help = `npm run boards -- [options]

Draws every board as a picture, in each language: from a run of the local stack that docs/boards/README.md describes and
that takes about five minutes, or from what a Prometheus has recorded that is running anyway.

  --prometheus URL   draw from this one, and start nothing
  --range TIME       how far back its pictures look, such as 30m (1h)
  --out FOLDER       where the pictures go (docs/boards)
  --board UID        only this one
`;

interface Options {
  readonly out: string;
  readonly only?: string;
}

async function fromRunning(url: string, range: string, { out, only }: Options): Promise<readonly string[]> {
  if (!isDuration(range)) {
    throw new RangeError(`--range ${range} is no duration; write a whole number and a unit, such as 30m`);
  }
  const window = windowEnding(Date.now(), toMilliseconds(range));
  return drawGallery(new Prometheus(url), out, { window, ...(only !== undefined && { only }) });
}

async function fromRecipe({ out, only }: Options): Promise<readonly string[]> {
  const { factor, users, warmUp, well, broken, healed } = recipe;
  const fault = faultNamed(recipe.fault);
  if (!fault)
    throw new RangeError(`the recipe breaks "${recipe.fault}", which is no fault; see local/faults`);
  const compression = { factor };
  const interrupted = new AbortController();
  const { signal } = interrupted;
  for (const name of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) {
    process.once(name, () => interrupted.abort(new Error(`interrupted by ${name}`)));
  }
  const data = mkdtempSync(join(tmpdir(), 'boards-'));
  chmodSync(data, 0o755);
  try {
    say('starting the stack');
    const stack = await startStack({
      data,
      ports: portsFrom(defaultPortBase),
      compression,
      retuned: ofThisMachine,
      programs: requirePrograms('start'),
      abort: signal,
      onUnexpectedExit: (error) => interrupted.abort(error),
    });
    const load = new Load(stack, { users });
    try {
      say(`${users} users chat`);
      await sleep(warmUp, undefined, { signal });
      const began = Date.now();
      await sleep(well, undefined, { signal });
      say(`breaking it: this ${fault.does}`);
      const heal = await fault.inject(stack);
      await sleep(broken, undefined, { signal });
      await heal();
      say('mended');
      await sleep(healed, undefined, { signal });
      say('drawing');
      const end = Date.now();
      const interval = 15_000 / factor;
      return await drawGallery(
        withoutPassingMounts(new CompressedSource(stack.site.url('prometheus'), compression)),
        out,
        {
          window: windowEnding(end, end - began, interval),
          choices: {
            rateInterval: '1m',
            interval: '15s',
            range: `${Math.ceil(((end - began) * factor) / 1_000)}s`,
          },
          ...(only !== undefined && { only }),
        },
      );
    } finally {
      load.stop();
      await stack.stop();
    }
  } finally {
    rmSync(data, { recursive: true, force: true });
  }
}

/** What somebody has mounted for the moment on the machine that draws is no part of the chat room. */
export function withoutPassingMounts(source: Source): Source {
  const lasting = (found: readonly Series[]) =>
    found.filter(({ labels }) => !labels['mountpoint']?.startsWith(`${tmpdir()}/`));
  return {
    at: async (expr: string, time: number) => lasting(await source.at(expr, time)),
    over: async (expr: string, window: TimeWindow) => lasting(await source.over(expr, window)),
  };
}

const say = (line: string): void => void process.stdout.write(`${line}\n`);

async function main(): Promise<void> {
  const { values } = parseArgs({
    options: {
      prometheus: { type: 'string' },
      out: { type: 'string', default: 'docs/boards' },
      range: { type: 'string', default: '1h' },
      board: { type: 'string' },
      help: { type: 'boolean', default: false },
    },
  });
  if (values.help) return say(help);
  const options = { out: resolve(values.out), ...(values.board !== undefined && { only: values.board }) };
  const missing =
    values.prometheus === undefined
      ? await fromRecipe(options)
      : await fromRunning(values.prometheus, values.range, options);
  for (const each of missing) console.error(each);
  if (missing.length > 0) process.exitCode = 1;
}

if (require.main === module) {
  main().catch((error: unknown) => {
    console.error(error instanceof Error ? error.message : error);
    process.exitCode = 1;
  });
}
