import { parseAccessLine } from '../../nginx-log-exporter/access-line';

const header = '<190>Nov 23 07:00:00 gateway nginx: ';
const line = (entry: Readonly<Record<string, string>>) =>
  parseAccessLine(
    header + JSON.stringify({ s: '200', t: '0.004', u: '200', a: '10.0.0.1:8000', w: '', ...entry }),
  );

test('an answer is its status and how long it took', () => {
  expect(line({})).toEqual({ status: 200, seconds: 0.004, webSocket: false });
});

test('an answer that nginx gave by itself has no upstream', () => {
  expect(line({ s: '404', u: '', a: '' })).toEqual({ status: 404, seconds: 0.004, webSocket: false });
});

test('a WebSocket connection is told apart, however it ended', () => {
  expect(line({ s: '101', t: '3600.000', u: '101', w: 'websocket' })?.webSocket).toBe(true);
  expect(line({ s: '499', t: '3600.000', u: '-', w: 'WebSocket' })?.webSocket).toBe(true);
  expect(line({ s: '499', w: '' })?.webSocket).toBe(false);
});

test('a chat server that cannot be reached is told apart from having none', () => {
  expect(line({ s: '502', u: '502' })?.upstreamFailure).toBe('unreachable');
  expect(line({ s: '504', u: '504' })?.upstreamFailure).toBe('unreachable');
  expect(line({ s: '502', u: '502', a: 'chatroom' })?.upstreamFailure).toBe('no_live_upstream');
});

test('a second chat server that answers makes up for the first', () => {
  expect(line({ u: '502, 200', a: '10.0.0.1:8000, 10.0.0.2:8000' })?.upstreamFailure).toBeUndefined();
  expect(line({ s: '502', u: '502, 502', a: '10.0.0.1:8000, chatroom' })?.upstreamFailure).toBe(
    'no_live_upstream',
  );
});

test('a chat server that answers 500 was reached', () => {
  expect(line({ s: '500', u: '500' })?.upstreamFailure).toBeUndefined();
});

test.each([
  ['nothing', ''],
  ['no header', JSON.stringify({ s: '200', t: '0.1', u: '', a: '', w: '' })],
  ['another format', `${header}127.0.0.1 - - "GET / HTTP/1.1" 200 3`],
  ['half a line', `${header}{"s":"200","t":"0.`],
  ['a status that is none', `${header}{"s":"000","t":"0.1","u":"","a":"","w":""}`],
  ['a time that is none', `${header}{"s":"200","t":"soon","u":"","a":"","w":""}`],
  ['a missing field', `${header}{"s":"200","t":"0.1"}`],
])('%s is refused', (_what, datagram) => {
  expect(parseAccessLine(datagram)).toBeUndefined();
});
