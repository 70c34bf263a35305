import { guardedDivision } from '../../../monitoring/lint/guarded-division';
import { recording, said } from './planted';

const about = (expr: string) => said(guardedDivision, { recordings: [recording({ expr })] });
const quantile =
  'histogram_quantile(0.9, sum by (job, le) (rate(chatroom_http_request_duration_seconds_bucket[5m])))';

test.each([
  'up / up',
  'up / (up >= 0)',
  'up / (up > bool 0)',
  'sum by (job) (up / redis_up)',
  'up % up',
  'up / clamp_min(up, 0)',
  `${quantile} or up`,
  `avg_over_time((${quantile})[1h:1m])`,
  `sum by (job) (${quantile}) >= 0`,
  'ln(up)',
])('%s can be NaN or Inf', (expr) => {
  expect(about(expr)).toHaveLength(1);
});

test.each([
  'up / (up > 0)',
  'up / 1024',
  'up / clamp_min(up, 20 / 300)',
  '1 - up / (up - 3 > 0)',
  `${quantile} >= 0`,
  `${quantile} >= 0 and on (job) up`,
  `(${quantile} and on (job) up) >= 0`,
])('%s cannot', (expr) => {
  expect(about(expr)).toEqual([]);
});
