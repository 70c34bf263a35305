import { knownLabels } from '../../../monitoring/lint/known-labels';
import { alert, said } from './planted';

const about = (expr: string) => said(knownLabels, { alerts: [alert({ expr })], boards: [] });

test.each([
  ['chatroom_http_requests_total{code="500"}', 'chatroom_http_requests_total has no label "code" to match'],
  ['sum by (code) (chatroom_http_requests_total)', 'sum by (code): its argument has no label "code"'],
  [
    'sum without (code) (chatroom_http_requests_total)',
    'sum without (code): its argument has no label "code"',
  ],
  [
    'sum by (instance) (sum by (job) (up))',
    'sum by (instance): its argument has no label "instance"; it has job',
  ],
  ['up and on (path) chatroom_http_requests_total', 'the left side has no label "path"'],
  ['up / ignoring (path) redis_up', 'neither side has a label "path"'],
  ['up * on (instance) group_left (path) redis_up', 'the other side has no label "path" to give'],
  ['sum by (le) (rate(chatroom_http_request_duration_seconds_count[5m]))', 'no label "le"'],
])('%s: %s', (expr, expected) => {
  expect(about(expr)).toEqual([expect.stringContaining(expected)]);
});

test.each([
  'sum by (le, job) (rate(chatroom_http_request_duration_seconds_bucket{path!="/"}[5m]))',
  'up * on (instance) group_left (path) chatroom_http_requests_total',
  'sum by (kind) (label_replace(up, "kind", "$1", "job", "(.*)-exporter"))',
  'sum by (version) (count_values("version", up))',
  'redis_up * on (instance) group_left (os) redis_instance_info',
])('%s is fine', (expr) => {
  expect(about(expr)).toEqual([]);
});
