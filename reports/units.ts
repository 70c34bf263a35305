import { units, type Unit } from '../monitoring/dashboards/units';

/** How a value in each unit is written for people: as Grafana writes it. */
const formats: Readonly<Record<Unit, (value: number) => string>> = {
  [units.count]: (value) => scaled(value, 1_000, ['', ' K', ' Mil', ' Bil']),
  [units.ratio]: (value) => `${rounded(value * 100)}%`,
  [units.seconds]: duration,
  [units.bytes]: (value) => scaled(value, 1_024, [' B', ' KiB', ' MiB', ' GiB', ' TiB']),
  [units.bytesPerSecond]: (value) => scaled(value, 1_000, [' B/s', ' kB/s', ' MB/s', ' GB/s']),
  [units.requestsPerSecond]: (value) => scaled(value, 1_000, [' req/s', ' K req/s', ' M req/s']),
  [units.operationsPerSecond]: (value) => scaled(value, 1_000, [' ops/s', ' K ops/s', ' M ops/s']),
  [units.perMinute]: (value) => `${rounded(value)} /min`,
  [units.state]: rounded,
};

/** Whether we can write values in a unit. */
export function isUnit(text: string | undefined): text is Unit {
  return text !== undefined && Object.hasOwn(formats, text);
}

/** A value as people read it. */
export function formatted(unit: Unit, value: number): string {
  return formats[unit](value);
}

function duration(seconds: number): string {
  const size = Math.abs(seconds);
  if (size === 0) return '0 s';
  if (size < 0.001) return `${rounded(seconds * 1_000_000)} µs`;
  if (size < 1) return `${rounded(seconds * 1_000)} ms`;
  if (size < 60) return `${rounded(seconds)} s`;
  if (size < 3_600) return `${rounded(seconds / 60)} min`;
  if (size < 86_400) return `${rounded(seconds / 3_600)} h`;
  return `${rounded(seconds / 86_400)} d`;
}

function scaled(value: number, base: number, suffixes: readonly string[]): string {
  let size = value;
  let step = 0;
  while (Math.abs(size) >= base && step < suffixes.length - 1) {
    size /= base;
    step += 1;
  }
  return `${rounded(size)}${suffixes[step] ?? ''}`;
}

/** Three significant digits: more cannot be read off a picture. */
function rounded(value: number): string {
  return String(Number(value.toPrecision(3)));
}
