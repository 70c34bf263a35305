import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { Prometheus, QueryFailedError } from '../../reports/prometheus';

let server: Server;
let answer: { status: number; body: string };
const requests: string[] = [];

beforeAll(async () => {
  server = createServer((request, response) => {
    let body = '';
    request.on('data', (chunk: Buffer) => (body += chunk.toString()));
    request.on('end', () => {
      requests.push(`${request.url} ${body}`);
      response.writeHead(answer.status).end(answer.body);
    });
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
});
afterAll(async () => {
  await new Promise((resolve) => server.close(resolve));
});

const prometheus = () => new Prometheus(`http://127.0.0.1:${(server.address() as AddressInfo).port}/prefix`);
const success = (data: unknown) => ({ status: 200, body: JSON.stringify({ status: 'success', data }) });

test('a range is asked in seconds, and what is no number becomes a gap', async () => {
  answer = success({
    resultType: 'matrix',
    result: [
      {
        metric: { job: 'a' },
        values: [
          [10, '1'],
          [25, 'NaN'],
          [40, '+Inf'],
          [55.5, '4'],
        ],
      },
    ],
  });
  const window = { start: 10_000, end: 55_500, step: 15_000 };
  await expect(prometheus().over('up', window)).resolves.toEqual([
    {
      labels: { job: 'a' },
      points: [
        [10_000, 1],
        [55_500, 4],
      ],
    },
  ]);
  expect(requests.at(-1)).toBe('/prefix/api/v1/query_range query=up&start=10&end=55.5&step=15');
});

test('a scalar is a series without labels', async () => {
  answer = success({ resultType: 'scalar', result: [1, '2'] });
  await expect(prometheus().at('2', 1_000)).resolves.toEqual([{ labels: {}, points: [[1_000, 2]] }]);
});

test('a query that Prometheus refuses fails with its words', async () => {
  answer = { status: 400, body: JSON.stringify({ status: 'error', error: 'parse error at char 3' }) };
  await expect(prometheus().at('up(', 0)).rejects.toThrow(QueryFailedError);
  await expect(prometheus().at('up(', 0)).rejects.toThrow('"up(": parse error at char 3');
});

test('an answer from something else is no empty result', async () => {
  answer = { status: 200, body: '<html>hello</html>' };
  await expect(prometheus().at('up', 0)).rejects.toThrow("which is not Prometheus' API");
});

test('a Prometheus that is not there is told with its address', async () => {
  await expect(new Prometheus('http://127.0.0.1:1').at('up', 0)).rejects.toThrow(
    'http://127.0.0.1:1/ did not answer "up"',
  );
});
