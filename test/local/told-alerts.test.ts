import { parse } from 'yaml';
import { tellingAlerts, toldAlerts, toldHeader } from '../../local/told-alerts';
import { readDocuments } from '../../local/documents';

const { alertmanager } = readDocuments({});

interface Receiver {
  readonly name: string;
  readonly email_configs?: readonly { readonly headers: Readonly<Record<string, string>> }[];
  readonly slack_configs?: readonly Readonly<Record<string, string>>[];
}

test('every mail and every message in Slack says of which alerts it is, beside what it said before', () => {
  const receivers = tellingAlerts(alertmanager).receivers as readonly Receiver[];
  const mails = receivers.flatMap(({ email_configs: configs = [] }) => configs);
  const slacks = receivers.flatMap(({ slack_configs: configs = [] }) => configs);
  expect([mails.length, slacks.length].every((count) => count > 0)).toBe(true);
  for (const { headers } of mails) {
    expect(headers['Subject']).toBeDefined();
    expect(headers[toldHeader]).toContain('.Fingerprint');
  }
  for (const slack of slacks) expect(slack['callback_id']).toContain('.Fingerprint');
});

test('nothing else of the document changes, and receivers that are neither get nothing', () => {
  const told = tellingAlerts(alertmanager);
  expect({ ...told, receivers: [] }).toEqual({ ...alertmanager, receivers: [] });
  const webhook = parse('{name: w, webhook_configs: [{url: "http://x"}]}') as { readonly name: string };
  expect(tellingAlerts({ ...alertmanager, receivers: [webhook] }).receivers).toEqual([webhook]);
});

test('what Alertmanager writes is read one by one; what it did not write is nothing', () => {
  expect(toldAlerts('firing/0aff/1785484800123456789 resolved/beef/17 ')).toEqual([
    { state: 'firing', fingerprint: '0aff', startsAt: '1785484800123456789' },
    { state: 'resolved', fingerprint: 'beef', startsAt: '17' },
  ]);
  expect(toldAlerts('')).toEqual([]);
});
