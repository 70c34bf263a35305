import { standaloneEnvironment } from '../../local/documents';
import { catalogue } from '../../monitoring/catalogue';
import { repeatIntervals } from '../../soak/addressee';

const { mail, slack } = standaloneEnvironment.notifications;
const minutes = (to: string): number =>
  repeatIntervals(catalogue(standaloneEnvironment), { factor: 1 })(to) / 60_000;

test('everybody is told again as soon as a route says that leads to them', () => {
  expect(minutes(`email ${mail.to.critical}`)).toBe(30);
  expect(minutes(`slack ${slack.channel}`)).toBe(30);
  expect(minutes(`email ${mail.to.databaseTeam}`)).toBe(60);
});

test('the heartbeat, which comes every minute, is no reason to tell the chat room anything again', () => {
  expect(minutes('webhook #ops')).toBe(60);
});

test('nobody is rightly told again to whom no route leads', () => {
  expect(minutes('email stranger@example.com')).toBe(Infinity);
});
