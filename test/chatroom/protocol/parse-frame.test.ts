import { parseFrame } from '../../../chatroom/protocol/parse-frame';
import { damage, garble } from '../damage';
import { seeded } from '../random';

test('a frame is given back with its names in their one spelling', () => {
  expect(parseFrame('{"type":"join","room":"Ops","after":7,"later":"version"}')).toEqual({
    ok: true,
    frame: { type: 'join', room: 'ops', after: 7 },
  });
});

test('what is wrong is said together with the frame it is about', () => {
  expect(parseFrame('{"type":"send","room":"ops","id":"7","text":""}')).toEqual({
    ok: false,
    problem: 'text: must not be empty',
    room: 'ops',
    id: '7',
  });
  expect(parseFrame('{')).toEqual({ ok: false, problem: 'not JSON' });
  expect(parseFrame('{"type":"dance"}')).toMatchObject({
    ok: false,
    problem: expect.stringMatching(/^type: /) as string,
  });
});

test('a hundred thousand damaged frames are each read or refused, with a short reason, and change nothing', () => {
  const random = seeded(7);
  const valid = { type: 'send', room: 'ops', id: 'an-id', text: 'hello' };
  const outcomes = { read: 0, refused: 0 };
  for (let count = 0; count < 100_000; count += 1) {
    const text = JSON.stringify(damage(valid, random)) ?? '';
    const parsed = parseFrame(random() < 0.3 ? garble(text, random) : text);
    outcomes[parsed.ok ? 'read' : 'refused'] += 1;
    if (!parsed.ok) expect(parsed.problem.length).toBeLessThanOrEqual(300);
  }
  expect(outcomes.refused).toBeGreaterThan(50_000);
  expect(outcomes.read).toBeGreaterThan(100);
  expect(({} as Record<string, unknown>)['polluted']).toBeUndefined();
});
