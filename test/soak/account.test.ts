import { account, type Account } from '../../soak/account';
import type { SoakEvent } from '../../soak/event';
import { broken, cleanRun, occupying, saying, told } from './events';

/** Far longer than the clean run. */
const repeatMs = 60_000;

const accountOf = (events: readonly SoakEvent[]): Account =>
  account(events, { witnesses: ['left', 'right'], repeatAfterMs: () => repeatMs });
const without = (drop: (event: SoakEvent) => boolean): readonly SoakEvent[] =>
  cleanRun.filter((event) => !drop(event));
const objectionsOf = (events: readonly SoakEvent[]): readonly string[] => accountOf(events).objections;

test('a run in which everything went as it should is clean', () => {
  expect(accountOf(cleanRun)).toMatchObject({
    alerts: { expected: 1, fired: 2, missed: 0, surplus: 0 },
    notices: { sent: 2, doubled: 0, reminders: 0, untold: 0, surplus: 0 },
    messages: { sent: 1, acknowledged: 1, stored: 1, delivered: 1, lost: 0, unanswered: 0, refused: 0 },
    objections: [],
  });
});

test('a run in which nothing happened has proved nothing', () => {
  expect(objectionsOf([])).toEqual([
    'nothing was broken',
    'no message was acknowledged',
    'the database was never asked what it has stored',
    'no process was looked at',
  ]);
});

describe('alerts', () => {
  test('one that did not fire is missed', () => {
    const events = cleanRun.map((event): SoakEvent =>
      event.kind === 'rested' && event.at === 50 ? { ...event, fired: [] } : event,
    );
    expect(objectionsOf(events)).toEqual(['redis: RedisDown did not fire']);
  });

  test('one that fired without being expected is surplus, a known consequence is not', () => {
    const events = cleanRun.map((event): SoakEvent =>
      event.kind === 'rested' && event.at === 50 ? { ...event, fired: [...event.fired, 'NginxDown'] } : event,
    );
    expect(objectionsOf(events)).toEqual(['redis: NginxDown fired and should not have']);
  });

  test('one that fired before anything was broken is surplus', () => {
    const events = cleanRun.map((event): SoakEvent =>
      event.kind === 'rested' && event.at === 1 ? { ...event, fired: ['DiskSpaceUsage'] } : event,
    );
    expect(accountOf(events).alerts.surplus).toBe(1);
    expect(objectionsOf(events)).toEqual(['DiskSpaceUsage fired before anything was broken']);
  });

  test('a fault that comes in the same millisecond as the rest before it takes nothing of it', () => {
    const events: SoakEvent[] = [
      ...cleanRun,
      broken(50, 'nginx', 'NginxDown'),
      told(55, 'firing', 'NginxDown'),
      told(56, 'resolved', 'NginxDown'),
      { at: 57, kind: 'rested', fired: ['NginxDown'] },
    ].toSorted((a, b) => a.at - b.at) as SoakEvent[];
    expect(objectionsOf(events)).toEqual([]);
    expect(accountOf(events).alerts.faults.map(({ fired }) => fired)).toEqual([
      ['RedisDown', 'Consequence'],
      ['NginxDown'],
    ]);
  });

  test('what fired in one fault does not excuse another', () => {
    const events = [
      ...cleanRun,
      broken(100, 'redis', 'RedisDown'),
      told(110, 'firing', 'RedisDown'),
      told(120, 'resolved', 'RedisDown'),
      { at: 130, kind: 'rested', fired: [] },
    ] as const;
    expect(objectionsOf(events)).toContain('redis: RedisDown did not fire');
    expect(accountOf(events).alerts).toMatchObject({ expected: 2, missed: 1 });
  });
});

describe('notices', () => {
  test.each([
    ['firing', 20, 'redis: slack #critical-alerts was not told of RedisDown'],
    ['resolved', 40, 'redis: slack #critical-alerts was not told that RedisDown is over'],
  ])('somebody who is not told that it is %s is an objection', (_state, at, objection) => {
    expect(objectionsOf(without((event) => event.at === at))).toEqual([objection]);
  });

  test('telling somebody else does not count', () => {
    const events = cleanRun.map((event): SoakEvent =>
      event.kind === 'notice' && event.at === 20 ? { ...event, to: 'slack #random' } : event,
    );
    expect(objectionsOf(events)).toEqual([
      'redis: slack #critical-alerts was not told of RedisDown',
      'slack #random was told of RedisDown, which nobody should have been',
    ]);
  });

  describe('telling the same people what they know', () => {
    const doubled = (...events: readonly SoakEvent[]): number =>
      accountOf([...cleanRun, ...events]).notices.doubled;
    const firing = (fingerprint: string, startsAt = '1') =>
      ({ state: 'firing', fingerprint, startsAt }) as const;
    const over = (fingerprint: string, startsAt = '1') =>
      ({ state: 'resolved', fingerprint, startsAt }) as const;

    test('is doubled although the values in the text have changed, and is an objection', () => {
      expect(objectionsOf([...cleanRun, told(25, 'firing', 'RedisDown')])).toEqual([
        'slack #critical-alerts was told twice: [firing] RedisDown',
      ]);
      expect(doubled(told(45, 'resolved', 'RedisDown'))).toBe(1);
    });

    test('is due when it is time to repeat it, though a clock may be a second late', () => {
      expect(doubled(told(20 + repeatMs - 10_000, 'firing', 'RedisDown'))).toBe(1);
      expect(doubled(told(20 + repeatMs - 1_000, 'firing', 'RedisDown'))).toBe(0);
    });

    test('is no repetition beside something new, and is one without it, whatever else was said with it', () => {
      expect(doubled(saying(22, [firing('RedisDown'), firing('PostgreSQLDown')]))).toBe(0);
      expect(doubled(saying(22, [firing('RedisDown'), over('PostgreSQLDown')]))).toBe(0);
      expect(
        doubled(
          saying(22, [firing('RedisDown'), firing('PostgreSQLDown')]),
          saying(23, [firing('PostgreSQLDown')]),
        ),
      ).toBe(1);
    });

    test('is a reminder beside something over that the message before did not name, and doubled beside what it did', () => {
      const { notices, objections } = accountOf([
        ...cleanRun,
        saying(2, [over('PostgreSQLDown')]),
        saying(22, [firing('RedisDown'), over('PostgreSQLDown')]),
      ]);
      expect(notices).toMatchObject({ doubled: 0, reminders: 1 });
      expect(objections).toEqual([]);
      expect(
        doubled(
          saying(2, [over('PostgreSQLDown')]),
          saying(22, [firing('RedisDown'), over('PostgreSQLDown')]),
          saying(24, [firing('RedisDown'), over('PostgreSQLDown')]),
          saying(26, [firing('RedisDown')]),
          saying(45, [over('RedisDown'), over('PostgreSQLDown')]),
        ),
      ).toBe(3);
    });

    test('is none when it fires anew, when another of its name fires, or when others are told', () => {
      expect(doubled(saying(22, [firing('RedisDown', '2')]))).toBe(0);
      expect(doubled(saying(22, [firing('RedisDown with other labels')]))).toBe(0);
      expect(doubled(told(22, 'firing', 'RedisDown', 'email dba@example.com'))).toBe(0);
    });

    test('is due by the routes that lead to them, not by those that lead to others', () => {
      const repeatAfterMs = (to: string): number => (to.startsWith('email') ? 2_000 : repeatMs);
      const { notices } = account(
        [
          ...cleanRun,
          told(20, 'firing', 'RedisDown', 'email dba@example.com'),
          told(2_030, 'firing', 'RedisDown', 'email dba@example.com'),
          told(2_030, 'firing', 'RedisDown'),
        ],
        { witnesses: ['left', 'right'], repeatAfterMs },
      );
      expect(notices.doubled).toBe(1);
    });

    test('cannot be ruled out for a message that does not say of which alerts it is', () => {
      const events = cleanRun.map((event): SoakEvent =>
        event.kind === 'notice' && event.at === 20 ? { ...event, alerts: [] } : event,
      );
      expect(objectionsOf(events)).toEqual([
        'whether slack #critical-alerts was told twice cannot be known, since it does not say of which alerts: [firing] RedisDown',
      ]);
    });
  });

  test('somebody told of a muted consequence is an objection, although it may fire', () => {
    expect(objectionsOf([...cleanRun, told(21, 'firing', 'Consequence')])).toEqual([
      'slack #critical-alerts was told of Consequence, which nobody should have been',
    ]);
  });

  test('a message that was read late belongs to the fault in which it arrived', () => {
    const late = [...without((event) => event.at === 40), told(40, 'resolved', 'RedisDown')];
    expect(objectionsOf(late)).toEqual([]);
  });
});

describe('messages', () => {
  test('one that was acknowledged and is not in the database is lost', () => {
    const events = cleanRun.map((event) => (event.kind === 'stored' ? { ...event, ids: [] } : event));
    expect(accountOf(events).messages).toMatchObject({ acknowledged: 1, stored: 0, lost: 1 });
    expect(objectionsOf(events)).toEqual(['message m1 was acknowledged and is not stored']);
  });

  test('a database that was never asked proves nothing', () => {
    expect(objectionsOf(without((event) => event.kind === 'stored'))).toEqual([
      'the database was never asked what it has stored',
    ]);
  });

  test('one that somebody was never shown is lost, although others were', () => {
    const events = without((event) => event.kind === 'delivered' && event.witness === 'right');
    expect(accountOf(events).messages).toMatchObject({ delivered: 0, lost: 1 });
    expect(objectionsOf(events)).toEqual(['message m1 was acknowledged and not shown to right']);
  });

  test('one that was not acknowledged may be lost, but its sender has to be answered', () => {
    const events: SoakEvent[] = [...cleanRun, { at: 8, kind: 'sent', id: 'm2' }];
    expect(accountOf(events).messages).toMatchObject({ lost: 0, unanswered: 1 });
    expect(objectionsOf(events)).toEqual(['1 messages were never answered']);
  });

  test('a thousand lost messages are counted and not listed', () => {
    const many = Array.from({ length: 1_000 }, (_, index): SoakEvent => {
      return { at: 8, kind: 'acknowledged', id: `x${index}` };
    });
    const objections = objectionsOf([...cleanRun, ...many]);
    expect(objections).toHaveLength(6);
    expect(objections.at(-1)).toBe('1000 messages are lost in all');
  });
});

describe('processes', () => {
  const ending = (end: Partial<ReturnType<typeof occupying>>): readonly SoakEvent[] =>
    cleanRun.map((event) => {
      if (event.kind !== 'usage' || event.moment !== 'end') return event;
      const { at, kind, process, pid, moment } = event;
      return { at, kind, process, pid, moment, usage: undefined, ...end };
    });

  test('one whose live heap grew is an objection, long before all that it occupies has grown by much', () => {
    expect(objectionsOf(ending(occupying(110, 30, 30)))).toEqual([
      'the live heap of chat-1 grew from 20 to 30 MiB, by more than 8',
    ]);
  });

  test('one that leaks outside of its heap is an objection', () => {
    expect(objectionsOf(ending(occupying(300, 30, 20)))).toEqual([
      'the memory of chat-1 grew from 100 to 300 MiB, by more than 160',
    ]);
  });

  test('garbage that was not collected yet is no leak', () => {
    expect(objectionsOf(ending(occupying(200, 30, 20)))).toEqual([]);
  });

  test('one that leaves files or sockets open is an objection', () => {
    expect(objectionsOf(ending(occupying(100, 80, 20)))).toEqual([
      'chat-1 has 80 handles open and had 30; at most 16 more may be',
    ]);
  });

  test.each([
    ['is gone', {}],
    ['does not say what its heap holds', { usage: occupying(100, 30, 20).usage }],
  ])('one that %s in the end is an objection, not a process without memory', (_what, end) => {
    expect(objectionsOf(ending(end))).toEqual([
      'chat-1 did not run, or did not say what its heap holds, at the end',
    ]);
  });

  test('the soak may remember what it is going to account for, but no more handles', () => {
    const soak = (end: ReturnType<typeof occupying>): readonly SoakEvent[] =>
      ending(end).map((event) => (event.kind === 'usage' ? { ...event, process: 'soak' } : event));
    expect(objectionsOf(soak(occupying(130, 30, 50)))).toEqual([]);
    expect(objectionsOf(soak(occupying(130, 80, 50)))).toHaveLength(1);
  });

  test('one that was restarted is still compared, and said to be another', () => {
    const events = cleanRun.map((event) =>
      event.kind === 'usage' && event.moment === 'end' ? { ...event, pid: 8 } : event,
    );
    expect(accountOf(events).processes.compared).toMatchObject([{ process: 'chat-1', restarted: true }]);
  });

  test('people who moved from one replica to the other are nobody’s open handles', () => {
    const events = cleanRun.map((event) =>
      event.kind === 'usage' && event.moment === 'end'
        ? { ...event, ...occupying(100, 80, 20), connections: 50 }
        : event,
    );
    expect(objectionsOf(events)).toEqual([]);
  });

  describe('watched for ten minutes', () => {
    const minute = 60_000;
    const watched = (
      of: (minutes: number) => { heap: number; handles: number },
      pid = (_minutes: number) => 7,
    ) =>
      [
        ...cleanRun.filter(({ kind }) => kind !== 'usage'),
        ...Array.from({ length: 11 }, (_, minutes): SoakEvent => {
          const { heap, handles } = of(minutes);
          return {
            at: minutes * minute,
            kind: 'usage',
            process: 'chat-1',
            pid: pid(minutes),
            moment: minutes === 0 ? 'start' : minutes === 10 ? 'end' : 'rest',
            ...occupying(100, handles, heap),
          };
        }),
      ] as const;

    test('one that fills its caches at first and then stays is clean, and its trend is stated', () => {
      const events = watched((minutes) => ({ heap: 20 + 3 * Math.min(minutes, 2), handles: 30 }));
      expect(objectionsOf(events)).toEqual([]);
      const [{ trend } = {}] = accountOf(events).processes.compared;
      expect(trend).toEqual({ watchedMs: 8 * minute, liveHeapBytesPerHour: 0, handlesPerHour: 0 });
    });

    test('one that leaks is an objection long before it has grown by much', () => {
      expect(objectionsOf(watched((minutes) => ({ heap: 20 + minutes / 3, handles: 30 })))).toEqual([
        'the live heap of chat-1 grows by 20 MiB an hour; at most 16 may be',
      ]);
      expect(objectionsOf(watched((minutes) => ({ heap: 20, handles: 30 + minutes })))).toEqual([
        'chat-1 opens 60 handles more an hour than it closes; at most 12 may be',
      ]);
    });

    test('one that leaks in each of its lives is an objection, although none of them was long', () => {
      const lives = (minutes: number): number => (minutes < 5 ? 7 : 8);
      const leaking = (minutes: number) => ({ heap: 20 + (minutes % 5) / 3, handles: 30 });
      expect(objectionsOf(watched(leaking, lives))).toEqual([
        'the live heap of chat-1 grows by 20 MiB an hour; at most 16 may be',
      ]);
    });

    test('one that was started again and again has no trend', () => {
      const events = watched(
        (minutes) => ({ heap: 20 + minutes / 3, handles: 30 }),
        (minutes) => minutes,
      );
      expect(objectionsOf(events)).toEqual([]);
      expect(accountOf(events).processes.compared[0]).not.toHaveProperty('trend');
    });
  });

  test('one that ended by itself is an objection', () => {
    const exit: SoakEvent = { at: 9, kind: 'exit', message: 'chat-1 ended with code 1' };
    expect(objectionsOf([...cleanRun, exit])).toEqual(['ended by itself: chat-1 ended with code 1']);
  });
});

test('a run that could not go on says why', () => {
  expect(
    objectionsOf([...cleanRun, { at: 70, kind: 'failed', why: 'the stack did not come to rest' }]),
  ).toEqual(['the stack did not come to rest']);
});
