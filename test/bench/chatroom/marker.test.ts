import { marked, marks } from '../../../bench/chatroom/marker';

test('the marks of a frame come out as they went in, in order', () => {
  const frame = Buffer.from(
    JSON.stringify({ messages: [12, 0, 99_999_999].map((index) => ({ text: marked(index) })) }),
  );
  expect(marks(frame)).toEqual([12, 0, 99_999_999]);
});

test('a frame without messages has no marks', () => {
  expect(marks(Buffer.from('{"type":"pong"}'))).toEqual([]);
});
