import type { Sample } from '../../decision/anomaly';

/** A line that is not `timestamp,value`. */
export class RecordError extends Error {
  override readonly name = 'RecordError';

  constructor(line: string, number: number, problem: string) {
    super(
      `Line ${number}, "${line.slice(0, 80)}": ${problem}. ` +
        'A record is "timestamp,value" without a header: 2014-04-01 00:05:00,20.5, or seconds or milliseconds since 1970.',
    );
  }
}

const withoutZone = /^(\d{4}-\d{2}-\d{2})[ T](\d{2}:\d{2}:\d{2}(?:\.\d+)?)$/;

/**
 * Reads one line. Times without a zone are taken as UTC; a value that is empty or "NaN" is a sample without one.
 *
 * @throws RecordError
 */
export function parseRecord(line: string, number: number): Sample {
  const comma = line.lastIndexOf(',');
  if (comma < 0) throw new RecordError(line, number, 'there is no comma');
  const time = parseTime(line.slice(0, comma).trim());
  if (time === undefined) throw new RecordError(line, number, 'the timestamp cannot be read');
  const text = line.slice(comma + 1).trim();
  if (text === '' || /^nan$/i.test(text)) return { time, value: NaN };
  if (/^[+-]?inf(inity)?$/i.test(text)) return { time, value: text.startsWith('-') ? -Infinity : Infinity };
  const value = Number(text);
  if (Number.isNaN(value)) throw new RecordError(line, number, 'the value is not a number');
  return { time, value };
}

/** Names of columns instead of a record, as many a CSV file begins with. */
export function isHeader(line: string): boolean {
  return /^\s*"?[a-z_][\w .-]*"?\s*,\s*"?(?!nan|inf)[a-z_][\w .-]*"?\s*$/i.test(line);
}

/** A number from here on is milliseconds: as seconds it would be after the year 5000. */
const firstMilliseconds = 1e11;

/** Milliseconds since 1970. */
export function parseTime(text: string): number | undefined {
  if (/^\d+(\.\d+)?$/.test(text)) {
    const number = Number(text);
    return Math.round(number < firstMilliseconds ? number * 1000 : number);
  }
  const bare = withoutZone.exec(text);
  const time = Date.parse(bare ? `${bare[1]}T${bare[2]}Z` : text);
  return Number.isNaN(time) ? undefined : time;
}
