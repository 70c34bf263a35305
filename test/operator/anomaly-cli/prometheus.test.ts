import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { nameOf, PrometheusError, readRange } from '../../../operator/anomaly-cli/prometheus';

let server: Server | undefined;
let requests: URLSearchParams[] = [];

afterEach(() => new Promise<void>((done) => (server ? server.close(() => done()) : done())));

async function answering(status: number, body: (asked: URLSearchParams) => string): Promise<string> {
  requests = [];
  server = createServer((request, response) => {
    let text = '';
    request.on('data', (piece: Buffer) => (text += piece.toString()));
    request.on('end', () => {
      const asked = new URLSearchParams(text);
      requests.push(asked);
      response.writeHead(status, { 'content-type': 'application/json' }).end(body(asked));
    });
  });
  await new Promise<void>((done) => server!.listen(0, '127.0.0.1', done));
  return `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
}

const range = { query: 'up', start: 1000, end: 1300, stepSeconds: 100, maxSeries: 2 };
const matrix = (...result: unknown[]) =>
  JSON.stringify({ status: 'success', data: { resultType: 'matrix', result } });

describe('reading a range', () => {
  it('gives every tick a value, NaN where there was none', async () => {
    const url = await answering(200, () =>
      matrix({
        metric: { __name__: 'up' },
        values: [
          [1000, '1'],
          [1200, '+Inf'],
        ],
      }),
    );
    const [series] = await readRange({ url: `${url}/`, ...range });
    expect(series!.times).toEqual([1_000_000, 1_100_000, 1_200_000, 1_300_000]);
    expect(series!.values).toEqual([1, NaN, Infinity, NaN]);
  });

  it('asks for long ranges in pieces and joins them', async () => {
    const url = await answering(200, (asked) =>
      matrix({ metric: {}, values: [[Number(asked.get('start')), '5']] }),
    );
    const [series] = await readRange({
      url,
      query: 'up',
      start: 0,
      end: 24_999,
      stepSeconds: 1,
      maxSeries: 1,
    });
    expect(requests.map((asked) => [asked.get('start'), asked.get('end')])).toEqual([
      ['0', '9999'],
      ['10000', '19999'],
      ['20000', '24999'],
    ]);
    expect(series!.values.filter((value) => value === 5)).toHaveLength(3);
  });

  it.each([
    [
      'refuses the query',
      400,
      '{"status":"error","errorType":"bad_data","error":"parse error"}',
      /bad_data: parse error/,
    ],
    ['is no Prometheus', 200, '<html>', /no answer of Prometheus \("<html>"\); check --prometheus/],
    ['has nothing', 200, matrix(), /gives no series between 1970.*check its name and labels/],
    [
      'has too much',
      200,
      matrix(...[1, 2, 3].map((one) => ({ metric: { one: `${one}` }, values: [] }))),
      /3 series, more than the 2 .*--max-series/,
    ],
  ])('says what to do when the other side %s', async (_, status, body, message) => {
    const url = await answering(status, () => body);
    const reading = readRange({ url, ...range });
    await expect(reading).rejects.toThrow(PrometheusError);
    await expect(reading).rejects.toThrow(message);
  });

  it('says so when nobody answers', async () => {
    await expect(readRange({ url: 'http://127.0.0.1:1', ...range })).rejects.toThrow(
      /http:\/\/127.0.0.1:1 does not answer .*check --prometheus/,
    );
  });
});

it('names a series as Prometheus does', () => {
  expect(nameOf({ __name__: 'up', job: 'node' })).toBe('up{job="node"}');
  expect(nameOf({ __name__: 'up' })).toBe('up');
  expect(nameOf({})).toBe('{}');
});
