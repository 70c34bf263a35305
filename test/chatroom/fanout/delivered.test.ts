import { Delivered } from '../../../chatroom/fanout/delivered';

test('the newest are known, and what exceeds the capacity is forgotten from the oldest on', () => {
  const delivered = new Delivered(3);
  [7, 5, 9, 6].forEach((seq) => delivered.add(seq));
  expect([7, 5, 9, 6].map((seq) => delivered.has(seq))).toEqual([false, true, true, true]);
});

test('what is added again takes the place of nothing else', () => {
  const delivered = new Delivered(2);
  [1, 2, 2, 2].forEach((seq) => delivered.add(seq));
  expect([1, 2].map((seq) => delivered.has(seq))).toEqual([true, true]);
});

test('forgetting costs about as much as remembering, however many were forgotten before', () => {
  const microseconds = (delivered: Delivered, from: number, count: number): number => {
    const began = performance.now();
    for (let seq = from; seq < from + count; seq += 1) delivered.add(seq);
    return performance.now() - began;
  };
  const count = 100_000;
  const roomy = new Delivered(2 * count);
  const full = new Delivered(20_000);
  microseconds(full, 0, count);
  const remembering = microseconds(roomy, 0, count);
  const forgetting = microseconds(full, count, count);
  expect(forgetting / remembering).toBeLessThan(30);
});
