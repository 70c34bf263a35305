import { letter, type LetterProps } from '../../../local/stand-ins/dead-mans-switch/letter';
import { hearing, watch, type SwitchMemory } from '../../../local/stand-ins/dead-mans-switch/watch';

const allowedMs = 300_000;
const start = Date.parse('2026-03-01T04:00:00Z');
const minutes = (count: number): number => start + count * 60_000;
const fresh: SwitchMemory = { waitingSince: start };
const heard = (count: number, memory = fresh): SwitchMemory => hearing(memory, minutes(count));

describe('what the switch does', () => {
  test.each<[string, SwitchMemory, number, string, string]>([
    ['before the first heartbeat, for as long as a silence may last', fresh, 5, 'hold', 'not due yet'],
    ['when the first heartbeat never comes', fresh, 5.1, 'alarm', 'never heard'],
    ['while the heartbeat comes', heard(4), 9, 'hold', 'heard in time'],
    ['when the heartbeat stays away', heard(4), 9.1, 'alarm', 'no longer heard'],
    ['when people know', { ...heard(4), silentSince: minutes(4) }, 60, 'hold', 'people know'],
    ['when it is back', { ...heard(60), silentSince: minutes(4) }, 60, 'all-clear', 'heard again'],
  ])('%s', (_when, memory, now, kind, reason) => {
    expect(watch(memory, minutes(now), allowedMs).decision).toMatchObject({ kind, reason });
  });

  test('it looks again the moment a silence has lasted too long, and not before anything is new', () => {
    expect(watch(fresh, start, allowedMs).nextLookAt).toBe(start + allowedMs + 1);
    expect(watch(heard(4), minutes(5), allowedMs).nextLookAt).toBe(minutes(9) + 1);
    expect(watch(heard(4), minutes(9) + 1, allowedMs).decision.kind).toBe('alarm');
    expect(watch(heard(4), minutes(10), allowedMs)).not.toHaveProperty('nextLookAt');
  });

  test('one silence is one alarm and one all-clear, however often it looks, and the next is another', () => {
    let memory = fresh;
    const told: string[] = [];
    for (let tenths = 0; tenths <= 400; tenths += 1) {
      const at = tenths / 10;
      const beats = at < 10 || (at >= 20 && at < 25) || at >= 35;
      if (beats && tenths % 10 === 0) memory = hearing(memory, minutes(at));
      const { decision, memory: next } = watch(memory, minutes(at), allowedMs);
      memory = next;
      if (decision.kind !== 'hold') told.push(`${decision.kind} ${at}`);
    }
    expect(told).toEqual(['alarm 14.1', 'all-clear 20', 'alarm 29.1', 'all-clear 35']);
  });

  test('who could not be told is told at the next look', () => {
    const first = watch(heard(0), minutes(6), allowedMs);
    const second = watch(heard(0), minutes(7), allowedMs);
    expect([first.decision.kind, second.decision.kind]).toEqual(['alarm', 'alarm']);
  });
});

describe('what people read', () => {
  const props: LetterProps = {
    locale: 'zh-CN',
    timeZone: { offsetMinutes: 480, name: { zh: '北京时间', en: 'Beijing time' } },
    allowedMs,
    runbook: 'https://runbooks.example.com/Watchdog.md',
  };
  const read = (memory: SwitchMemory, now: number, locale = props.locale) =>
    letter(watch(memory, minutes(now), allowedMs).decision, minutes(now), { ...props, locale });

  test('nothing while there is nothing to tell', () => {
    expect(read(fresh, 1)).toBeUndefined();
    expect(read(heard(4), 5)).toBeUndefined();
  });

  test('since when it is silent, what that means, and where to look', () => {
    const mail = read(heard(4), 10);
    expect(mail?.subject).toBe('[告警] [严重] 失联开关：6 分钟没有收到监控心跳');
    expect(mail?.text).toContain('最后一次监控心跳在 2026-03-01 12:04:00 北京时间（最多允许间隔 5 分钟）');
    expect(mail?.text).toContain('https://runbooks.example.com/Watchdog.md');
    expect(read(heard(4), 10, 'en')?.subject).toBe(
      '[FIRING] [CRITICAL] Dead man’s switch: nothing heard of the monitoring for 6 min',
    );
    expect(read(fresh, 6, 'en')?.text).toContain(
      'No heartbeat of the monitoring was heard since 2026-03-01 12:00:00 Beijing time',
    );
  });

  test('that it is over, and for how long nothing was heard', () => {
    const mail = read({ ...heard(16.5), silentSince: minutes(4) }, 16.5);
    expect(mail?.subject).toBe('[已恢复] [严重] 失联开关：又收到了监控心跳');
    expect(mail?.text).toContain('自 2026-03-01 12:04:00 北京时间 起中断了 12 分 30 秒');
  });
});
