import { chmodSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { Load } from '../../local/load';
import { freePorts } from '../../local/ports';
import { requirePrograms } from '../../local/requirements';
import { startStack } from '../../local/stack';
import { commandOf } from '../measure/command';
import { machine } from '../measure/machine';
import { figure, writePage } from '../measure/page';
import { footprint, type Footprint } from './measure';
import { prometheusPage } from './page';

/** `npm run bench:prometheus`: what Prometheus needs for our rules, by number of chat servers. */

const { values } = parseArgs({
  options: {
    replicas: { type: 'string', default: '1,10,100' },
    compress: { type: 'string', default: '5' },
    'warm-up': { type: 'string', default: '45' },
    seconds: { type: 'string', default: '24' },
    'no-page': { type: 'boolean', default: false },
  },
});

async function main(): Promise<void> {
  const sizes = values.replicas.split(',').map(Number);
  if (sizes.some((size) => !Number.isInteger(size) || size < 1)) {
    throw new Error(
      `--replicas ${values.replicas} cannot be; give whole numbers above 0, separated by commas`,
    );
  }
  const factor = Number(values.compress);
  const programs = requirePrograms('start');
  const data = mkdtempSync(join(tmpdir(), 'bench-prometheus-'));
  chmodSync(data, 0o755);
  const interrupted = new AbortController();
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) {
    process.once(signal, () => interrupted.abort(new Error(`interrupted by ${signal}`)));
  }
  console.log('starting the stack');
  const stack = await startStack({
    data,
    ports: await freePorts(),
    compression: { factor },
    programs,
    abort: interrupted.signal,
  });
  try {
    const metricsFile = stack.site.write('chatroom.metrics', await exposedUnderLoad(stack));
    const footprints: Footprint[] = [];
    for (const [index, replicas] of sizes.entries()) {
      interrupted.signal.throwIfAborted();
      const found = await footprint({
        stack,
        metricsFile,
        replicas,
        warmUpSeconds: Number(values['warm-up']),
        seconds: Number(values.seconds),
      });
      footprints.push(found);
      console.log(
        `[${index + 1}/${sizes.length}] ${replicas} replicas: ${figure(found.series, 0)} series, ${figure(found.residentBytes.median / 2 ** 20, 0)} MiB, ${found.rules} rules evaluated in ${figure(found.evaluationMs.median)} ms, slowest group ${found.slowestGroup.name} ${figure(found.slowestGroup.ms)} ms`,
      );
    }
    const page = prometheusPage({
      footprints,
      factor,
      command: commandOf('prometheus'),
      machine: machine(),
      takenAt: new Date(),
    });
    if (!values['no-page']) console.log(`written: ${await writePage(page)}`);
  } finally {
    await stack.stop();
    rmSync(data, { recursive: true, force: true });
  }
}

/** What a chat server exposes when it has been used. */
async function exposedUnderLoad(stack: Awaited<ReturnType<typeof startStack>>): Promise<string> {
  const load = new Load(stack, { users: 20 });
  await new Promise((resolve) => setTimeout(resolve, 5_000));
  const response = await fetch(stack.site.url('chat-1', '/metrics'));
  load.stop();
  return response.text();
}

main().catch((error: unknown) => {
  console.error(error instanceof Error ? error.message : error);
  process.exitCode = 1;
});
