import { reachedReceivers } from '../../../monitoring/lint/reached-receivers';
import { routingTree } from '../../../monitoring/routing/tree';
import { plant, said } from './planted';

test('as published, where the first match wins: no team hears of a critical alert of its own', () => {
  const published = {
    ...routingTree,
    routes: routingTree.routes!.map((route) => ({ ...route, continue: false })),
  };
  expect(said(reachedReceivers, { route: published })).toContain(
    'alert PostgreSQLDown: reaches critical-alerts, but is meant for critical-alerts and database-team; mend monitoring/routing/tree.ts or owners.ts',
  );
});

test('a receiver that no route leads to is told', () => {
  const route = {
    ...routingTree,
    routes: routingTree.routes!.filter(({ receiver }) => receiver !== 'database-team'),
  };
  expect(said(reachedReceivers, { route })).toContain(
    'receiver database-team: no alert of this environment ever reaches it; give it a route or remove it',
  );
});

test('a receiver without a channel is told', () => {
  const [first, ...others] = plant().receivers;
  expect(said(reachedReceivers, { receivers: [{ ...first!, channels: [] }, ...others] })).toEqual([
    'receiver default-receiver: has no channel, so nobody is told; give it one',
  ]);
});
