import { readDocuments } from '../../local/documents';
import type { AlertRetunings } from '../../monitoring/rules';
import {
  relocatedAlertmanager,
  relocatedPrometheus,
  relocatedRules,
  type Whereabouts,
} from '../../local/relocate';

const where: Whereabouts = {
  addresses: new Map([
    ['chatroom-server:8000', ['127.0.0.1:1', '127.0.0.1:2']],
    ['alertmanager:9093', ['127.0.0.1:3']],
  ]),
  files: new Map([['/etc/secret', '/data/secret']]),
  urls: new Map([['http://webhook/alerts', 'http://127.0.0.1:4/alerts']]),
  links: new Map([['https://runbooks.example.com/', 'http://127.0.0.1:5/']]),
  smarthost: '127.0.0.1:6',
};

const prometheus = (target: string) => ({
  global: {},
  rule_files: [],
  alerting: { alertmanagers: [{ static_configs: [{ targets: ['alertmanager:9093'] }] }] },
  scrape_configs: [{ job_name: 'chatroom-server', static_configs: [{ targets: [target] }] }],
});

test('a target becomes every replica that stands in for it', () => {
  const { alerting, scrape_configs: jobs } = relocatedPrometheus(prometheus('chatroom-server:8000'), where);
  expect(jobs).toEqual([
    { job_name: 'chatroom-server', static_configs: [{ targets: ['127.0.0.1:1', '127.0.0.1:2'] }] },
  ]);
  expect(alerting.alertmanagers).toEqual([{ static_configs: [{ targets: ['127.0.0.1:3'] }] }]);
});

test('a target that the local mode does not run is refused by name, with where to add it', () => {
  expect(() => relocatedPrometheus(prometheus('kafka:9308'), where)).toThrow(
    /kafka:9308.*local\/whereabouts\.ts/,
  );
});

test('a job with a service discovery that is not here is refused', () => {
  const document = {
    ...prometheus('chatroom-server:8000'),
    scrape_configs: [{ job_name: 'kubernetes-apiservers', kubernetes_sd_configs: [{ role: 'endpoints' }] }],
  };
  expect(() => relocatedPrometheus(document, where)).toThrow(/kubernetes-apiservers/);
});

test('secrets, addresses and the mail server move, and texts do not', () => {
  const config = {
    global: {
      smtp_smarthost: 'smtp.example.com:587',
      smtp_require_tls: true,
      smtp_auth_password_file: '/etc/secret',
    },
    route: { receiver: 'team' },
    inhibit_rules: [],
    receivers: [
      {
        name: 'team',
        email_configs: [{ to: 'a@example.com', text: '/etc/secret http://webhook/alerts' }],
        webhook_configs: [
          {
            url: 'http://webhook/alerts',
            http_config: { authorization: { type: 'Bearer', credentials_file: '/etc/secret' } },
          },
        ],
      },
    ],
  };
  expect(relocatedAlertmanager(config, where)).toEqual({
    ...config,
    global: {
      smtp_smarthost: '127.0.0.1:6',
      smtp_require_tls: false,
      smtp_auth_password_file: '/data/secret',
    },
    receivers: [
      {
        name: 'team',
        email_configs: config.receivers[0]?.email_configs,
        webhook_configs: [
          {
            url: 'http://127.0.0.1:4/alerts',
            http_config: { authorization: { type: 'Bearer', credentials_file: '/data/secret' } },
          },
        ],
      },
    ],
  });
});

test('links of alerts lead to this machine, and nothing else of a rule changes', () => {
  const rule = {
    alert: 'A',
    expr: 'up{instance="https://runbooks.example.com/"} == 0',
    for: '1m',
    labels: {},
    annotations: {
      summary: 'see https://runbooks.example.com/A.md',
      runbook_url: 'https://runbooks.example.com/A.md',
    },
  };
  expect(relocatedRules({ groups: [{ name: 'g', rules: [rule] }] }, where).groups[0]?.rules[0]).toEqual({
    ...rule,
    annotations: { ...rule.annotations, runbook_url: 'http://127.0.0.1:5/A.md' },
  });
});

test('documents that are missing are named, with how to write them', () => {
  expect(() => readDocuments({}, '/nonexistent')).toThrow(
    /\/nonexistent\/prometheus\.yml.*npm run standalone/,
  );
});

test('a retuned alert is the only difference it makes', () => {
  const rules = (retuned: AlertRetunings) =>
    readDocuments(retuned).alertRules.groups.flatMap((group) => group.rules);
  const before = rules({ HighMemoryUsage: {} });
  const after = rules({ HighMemoryUsage: { threshold: 1 } });
  expect(after.filter((rule, index) => JSON.stringify(rule) !== JSON.stringify(before[index]))).toEqual([
    expect.objectContaining({ alert: 'HighMemoryUsage', expr: expect.stringMatching(/> 1$/) as string }),
  ]);
});
