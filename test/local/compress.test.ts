import { spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { stringify } from 'yaml';
import {
  compressedAlertmanager,
  compressedDuration,
  compressedPrometheus,
  compressedQuery,
  compressedRules,
  durationInMilliseconds,
  prometheusFlags,
} from '../../local/compress';
import { readDocuments } from '../../local/documents';
import { findPrograms } from '../../local/programs';

const thirty = { factor: 30 };

describe('a duration', () => {
  test.each([
    ['5m', '10s'],
    ['1h30m', '3m'],
    ['10s', '334ms'],
    ['30d', '1d'],
    ['0s', '0ms'],
  ])('of %s becomes %s with factor 30', (text, expected) => {
    expect(compressedDuration(text, thirty)).toBe(expected);
  });

  test('is not shortened below its floor, nor lengthened to it', () => {
    expect(compressedDuration('15s', thirty, 1_000)).toBe('1s');
    expect(compressedDuration('500ms', thirty, 1_000)).toBe('500ms');
  });

  test('stays as it is written with factor 1', () => {
    expect(compressedDuration('90s', { factor: 1 })).toBe('90s');
  });

  test.each(['', '5', '1.5'])('of "%s" is a number of seconds or refused', (text) => {
    if (text === '') expect(() => durationInMilliseconds(text)).toThrow(/not a duration/);
    else expect(durationInMilliseconds(text)).toBe(Number(text) * 1_000);
  });

  test.each(['5 m', 'm', '5mx', '-5m'])('is not read from "%s"', (text) => {
    expect(() => durationInMilliseconds(text)).toThrow(/not a duration/);
  });
});

describe('a query', () => {
  test.each([
    ['rate(a[5m])', 'rate(a[10s])'],
    ['rate(a[5m] offset 1h30m)', 'rate(a[10s] offset 3m)'],
    ['a offset -5m', 'a offset -10s'],
    ['max_over_time(rate(a[5m])[1h:2m])', 'max_over_time(rate(a[10s])[2m:4s])'],
    ['avg_over_time(a[1h:])', 'avg_over_time(a[2m:])'],
    ['increase(a[5m]) >= 20', 'increase(a[10s]) >= 20'],
    ['absent(up{job="[5m]"})', 'absent(up{job="[5m]"})'],
    ['job:requests:rate5m > 300', 'job:requests:rate5m > 300'],
    ['predict_linear(a[6h], 4 * 3600) < 0', 'predict_linear(a[12m], (4 * 3600) / 30) < 0'],
    ['label_replace(up, "a", "$1", "b", "(.*)[1h]")', 'label_replace(up, "a", "$1", "b", "(.*)[1h]")'],
  ])('%s becomes %s', (query, expected) => {
    expect(compressedQuery(query, thirty)).toBe(expected);
  });

  test('keeps a range long enough for four scrapes', () => {
    expect(compressedQuery('rate(a[30s])', thirty)).toBe('rate(a[2s])');
  });

  test('is refused when it cannot be read, rather than passed on half compressed', () => {
    expect(() => compressedQuery('rate(a[5m)', thirty)).toThrow(SyntaxError);
  });
});

describe('the committed documents', () => {
  const documents = readDocuments();
  const folder = mkdtempSync(join(tmpdir(), 'compress-'));
  afterAll(() => rmSync(folder, { recursive: true }));

  const checkedBy = (
    program: string | undefined,
    command: readonly string[],
    file: string,
    document: unknown,
  ) => {
    const path = join(folder, file);
    writeFileSync(path, stringify(document, { lineWidth: 0 }));
    const { status, stdout, stderr } = spawnSync(program ?? '', [...command, path], { encoding: 'utf8' });
    return { status, said: stdout + stderr };
  };
  const { promtool, amtool } = findPrograms();

  test.each([1, 2, 7, 15, 30, 100])(
    'are read by promtool and amtool with every duration divided by %d',
    (factor) => {
      const compression = { factor };
      for (const rules of [documents.alertRules, documents.recordingRules]) {
        const checked = checkedBy(
          promtool,
          ['check', 'rules'],
          'rules.yml',
          compressedRules(rules, compression),
        );
        expect(checked).toMatchObject({ status: 0 });
        expect(checked.said).toMatch(/[1-9]\d* rules found/);
      }
      const prometheus = { ...compressedPrometheus(documents.prometheus, compression), rule_files: [] };
      expect(checkedBy(promtool, ['check', 'config'], 'prometheus.yml', prometheus)).toMatchObject({
        status: 0,
      });
      const alertmanager = compressedAlertmanager(documents.alertmanager, compression);
      expect(checkedBy(amtool, ['check-config'], 'alertmanager.yml', alertmanager)).toMatchObject({
        status: 0,
      });
    },
  );

  test('hold no duration that was overlooked', () => {
    const original = durationsIn(documents);
    const divided = durationsIn({
      prometheus: compressedPrometheus(documents.prometheus, thirty),
      alertRules: compressedRules(documents.alertRules, thirty),
      recordingRules: compressedRules(documents.recordingRules, thirty),
      alertmanager: compressedAlertmanager(documents.alertmanager, thirty),
    });
    expect(original.size).toBeGreaterThan(20);
    expect([...original].filter(([place, length]) => divided.get(place) === length)).toEqual([]);
  });

  test('miss nothing before Prometheus can know of it', () => {
    const rules = compressedRules(documents.alertRules, { factor: 100 }).groups.flatMap(
      (group) => group.rules,
    );
    const held = (name: string) =>
      rules.flatMap((rule) => ('alert' in rule && rule.alert === name ? [rule.for] : []));
    expect(held('ChatRoomServerAbsent')).toEqual(['8s']);
    expect(held('ChatRoomServerDown')).toEqual(['600ms']);
  });

  test('stay exactly as they are with factor 1', () => {
    expect(compressedRules(documents.alertRules, { factor: 1 })).toEqual(documents.alertRules);
    expect(compressedPrometheus(documents.prometheus, { factor: 1 })).toEqual(documents.prometheus);
    expect(compressedAlertmanager(documents.alertmanager, { factor: 1 })).toEqual(documents.alertmanager);
  });
});

describe('a scrape', () => {
  const prometheus = (job: Readonly<Record<string, string>>, factor = 30) =>
    compressedPrometheus(
      {
        global: { scrape_interval: '15s' },
        rule_files: [],
        alerting: { alertmanagers: [] },
        scrape_configs: [{ job_name: 'chatroom-server', ...job }],
      },
      { factor },
    ).scrape_configs[0];

  test('may take as long as it did, up to the next one', () => {
    expect(prometheus({ scrape_interval: '10s', scrape_timeout: '5s' }, 2)).toMatchObject({
      scrape_interval: '5s',
      scrape_timeout: '5s',
    });
    expect(prometheus({ scrape_interval: '10s', scrape_timeout: '5s' }, 10)).toMatchObject({
      scrape_interval: '1s',
      scrape_timeout: '1s',
    });
  });

  test('of a target that is slow by nature waits for it', () => {
    expect(prometheus({ job_name: 'postgres-exporter' })).toMatchObject({
      scrape_interval: '2s',
      scrape_timeout: '2s',
    });
    expect(prometheus({ job_name: 'postgres-exporter' }, 1)).toEqual({ job_name: 'postgres-exporter' });
    expect(prometheus({})).toEqual({ job_name: 'chatroom-server' });
  });
});

test('the flags of Prometheus divide its own defaults', () => {
  expect(prometheusFlags(thirty)).toEqual([
    '--query.lookback-delta=10s',
    '--rules.alert.resend-delay=2s',
    '--rules.alert.for-grace-period=20s',
    '--rules.alert.for-outage-tolerance=2m',
  ]);
});

/** Every value that is a duration, or holds one in brackets, by its place in the documents; texts for people left out. */
function durationsIn(value: unknown, place = '', found = new Map<string, string>()): Map<string, string> {
  if (typeof value === 'string') {
    const durations = /^\d+(ms|[smhdwy])$/.test(value) ? [value] : (value.match(/\[\d+[smhdwy]/g) ?? []);
    if (durations.length > 0) found.set(place, durations.join(' '));
  } else if (value !== null && typeof value === 'object' && !(value instanceof Map)) {
    for (const [field, child] of Object.entries(value)) {
      if (field !== 'annotations' && field !== 'receivers') durationsIn(child, `${place}/${field}`, found);
    }
  }
  return found;
}
