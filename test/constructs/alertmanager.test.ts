import { Alertmanager, email, type Receiver, type Routing } from '../../constructs/library';
import { objectsOf, only } from './objects';

/** Somebody else's: two teams, and who hears of what neither of them owns. */
const routing: Routing = {
  route: {
    receiver: 'everybody',
    groupBy: ['service'],
    routes: [{ receiver: 'orders', matchers: [{ label: 'service', op: '=', value: 'orders' }] }],
  },
  receivers: ['everybody', 'orders'].map((name) => ({
    name,
    channels: [email({ to: `${name}@example.com` })],
  })),
  notificationContext: { locale: 'en', timeZone: { offsetMinutes: 0, name: { zh: 'UTC', en: 'UTC' } } },
};

const auditors: Receiver = { name: 'auditors', channels: [email({ to: 'auditors@example.com' })] };

const written = (more: (alertmanager: Alertmanager) => void = () => undefined) =>
  objectsOf((scope) => {
    const alertmanager = new Alertmanager(scope, 'alertmanager', {
      namespace: 'monitoring',
      url: 'https://alerts.example.com',
      mail: { smarthost: 'mail.example.com:587', from: 'alerts@example.com' },
      routing,
      replicas: 1,
      resources: { cpu: '50m', memory: '64Mi' },
    });
    more(alertmanager);
  });

interface Spec {
  readonly route: object;
  readonly receivers: readonly { readonly name: string }[];
  readonly inhibitRules: readonly object[];
}
const config = (...args: Parameters<typeof written>) =>
  only<Spec>(written(...args), 'AlertmanagerConfig').spec;

describe('Alertmanager', () => {
  it('tells whom a routing names that is not ours, from the address that is given', () => {
    const { route, receivers, inhibitRules } = config();
    expect(route).toEqual({
      receiver: 'everybody',
      groupBy: ['service'],
      routes: [{ receiver: 'orders', matchers: [{ name: 'service', matchType: '=', value: 'orders' }] }],
    });
    expect(receivers.map(({ name }) => name)).toEqual(['everybody', 'orders']);
    expect(inhibitRules).toEqual([]);
    expect(only(written(), 'Alertmanager').spec).toMatchObject({
      externalUrl: 'https://alerts.example.com',
      alertmanagerConfiguration: {
        global: {
          smtp: {
            smartHost: { host: 'mail.example.com', port: '587' },
            from: 'alerts@example.com',
            requireTLS: true,
          },
        },
      },
    });
  });

  it('tells somebody else as well, without taking anything from whom it told before', () => {
    const before = config().route;
    const { route, receivers } = config((alertmanager) =>
      alertmanager.addReceiver(auditors, [{ label: 'audit', op: '!=', value: '' }], { repeatInterval: '1d' }),
    );
    expect(receivers.map(({ name }) => name)).toEqual(['everybody', 'orders', 'auditors']);
    expect(route).toEqual({
      receiver: 'everybody',
      groupBy: ['service'],
      routes: [
        {
          receiver: 'auditors',
          matchers: [{ name: 'audit', matchType: '!=', value: '' }],
          repeatInterval: '1d',
          continue: true,
        },
        before,
      ],
    });
  });

  it('refuses who is there already, and who can be told in no way', () => {
    expect(() =>
      written((alertmanager) => alertmanager.addReceiver({ ...auditors, name: 'orders' }, [])),
    ).toThrow('receiver "orders" of Alertmanager monitoring/chatroom is there already');
    expect(() =>
      written((alertmanager) => alertmanager.addReceiver({ ...auditors, channels: [] }, [])),
    ).toThrow('receiver "auditors" has no channel, and nobody would be told');
  });
});
