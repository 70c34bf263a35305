import { cpus, loadavg, release, totalmem } from 'node:os';

/** One line that says on what machine figures were taken. */
export function machine(): string {
  const processors = cpus();
  const memory = Math.round(totalmem() / 1_024 ** 3);
  return `${processors.length} × ${processors[0]?.model.trim() ?? 'unknown processor'}, ${memory} GiB, Linux ${release()}, Node.js ${process.versions.node}`;
}

/** How many processes wanted a processor during the last minute, on average. */
export function load(): number {
  return loadavg()[0] ?? 0;
}
