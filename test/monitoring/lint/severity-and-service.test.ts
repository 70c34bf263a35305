import { severityAndService } from '../../../monitoring/lint/severity-and-service';
import { alert, said } from './planted';

test('a severity that no route knows, and a service that is missing, are told with the choice there is', () => {
  expect(said(severityAndService, { alerts: [alert({ labels: { severity: 'page' } })] })).toEqual([
    'alert RedisDown: severity is "page"; choose one of critical, warning, none',
    expect.stringMatching(/^alert RedisDown: service is missing; choose one of chatroom, postgresql/),
  ]);
  expect(said(severityAndService, { alerts: [alert({})] })).toEqual([]);
});
