import { annotationLabels } from '../../../monitoring/lint/annotation-labels';
import { alert, said } from './planted';

const names = (label: string, expr: string) =>
  said(annotationLabels, {
    alerts: [
      alert({
        expr,
        summary: { zh: `坏了 {{ $labels.${label} }}`, en: 'Broken {{ $value }}' },
        description: { zh: '坏了', en: `Broken: {{ index $labels "${label}" }}` },
      }),
    ],
  });

test('a label that was aggregated away is told for each text that names it', () => {
  expect(names('instance', 'sum by (job) (up) == 0')).toEqual([
    'alert RedisDown: summary.zh names {{ $labels.instance }}, which its expression never has; it has job',
    'alert RedisDown: description.en names {{ $labels.instance }}, which its expression never has; it has job',
  ]);
});

test.each([
  ['instance', 'sum without (job) (up) == 0'],
  ['instance', 'up == 0 and on (job) sum by (job) (up) > 0'],
  ['job', 'absent(up{job="redis"})'],
  ['path', 'topk(3, chatroom_http_requests_total)'],
  ['path', 'up * on (instance) group_left (path) chatroom_http_requests_total'],
  ['anything', 'info(up)'],
])('%s is there in %s', (label, expr) => {
  expect(names(label, expr)).toEqual([]);
});

test.each([
  ['instance', 'absent(up{job="redis"})'],
  ['le', 'histogram_quantile(0.9, rate(chatroom_http_request_duration_seconds_bucket[5m]))'],
  ['path', 'up / on (job, instance) chatroom_http_requests_total'],
  ['instance', 'vector(1)'],
  ['path', 'max_over_time((sum by (job) (rate(chatroom_http_requests_total[5m])))[1h:1m])'],
])('%s is not there in %s', (label, expr) => {
  expect(names(label, expr)).toHaveLength(2);
});

test('what a recording keeps is known from its expression', () => {
  expect(names('instance', 'job:chatroom_http_requests:rate5m > 1')).toHaveLength(2);
  expect(names('job', 'job:chatroom_http_requests:rate5m > 1')).toEqual([]);
});
