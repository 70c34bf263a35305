import { chmodSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { ownRights } from '../local/faults/obstacle';
import { freePorts } from '../local/ports';
import { requirePrograms } from '../local/requirements';
import { UsageError } from '../local/start-options';
import { help, soakOptions } from './options';
import { report } from './report';
import { soak } from './run';

/** `npm run soak`: reads the command line, runs, and leaves nothing behind but the account. */

const say = (line: string): void => void process.stdout.write(`${line}\n`);

async function main(args: readonly string[]): Promise<number> {
  const options = soakOptions(args, ownRights(), Date.now());
  if (options === 'help') {
    say(help);
    return 0;
  }
  const { json, ...chosen } = options;
  const programs = requirePrograms('test');
  const stopping = new AbortController();
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) {
    process.on(signal, () => stopping.abort(new Error(`interrupted by ${signal}`)));
  }
  const data = mkdtempSync(join(tmpdir(), 'chatroom-soak-'));
  chmodSync(data, 0o755); // PostgreSQL's own user passes through
  const startedAt = new Date();
  say(`Soak with --seed ${chosen.seed}; time is divided by ${chosen.factor}.`);
  let clean = false;
  try {
    const found = await soak({
      ...chosen,
      data,
      ports: await freePorts(),
      programs,
      say: (line) => say(`${new Date().toLocaleTimeString('en-GB')}  ${line}`),
      abort: stopping.signal,
    });
    clean = found.objections.length === 0;
    say(`\n${report(found)}`);
    if (json !== undefined) {
      const { seed, factor, users, forMs } = chosen;
      const document = { startedAt, endedAt: new Date(), seed, factor, users, forMs, clean, ...found };
      writeFileSync(json, `${JSON.stringify(document, null, 2)}\n`);
    }
  } finally {
    // The logs of a run that found something are what it is looked for in.
    if (clean) rmSync(data, { recursive: true, force: true });
    else say(`Logs: ${join(data, 'logs')}`);
  }
  return clean ? 0 : 1;
}

main(process.argv.slice(2)).then(
  (code) => process.exit(code),
  (error: unknown) => {
    const message = error instanceof UsageError ? error.message : String(error);
    process.stderr.write(`${message}\n`);
    process.exit(1);
  },
);
