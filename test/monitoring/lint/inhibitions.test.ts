import { inhibitions } from '../../../monitoring/lint/inhibitions';
import type { Catalogue } from '../../../monitoring/catalogue';
import { said } from './planted';

type Inhibition = Catalogue['inhibitions'][number];
const about = (...planted: Inhibition[]) => said(inhibitions, { inhibitions: planted });

test('a label that one side lacks can never be equal', () => {
  expect(
    about({
      causes: ['PostgreSQLDown'],
      consequences: ['ChatRoomHighErrorRate'],
      equal: ['cluster', 'instance'],
    }),
  ).toEqual([
    'PostgreSQLDown mutes ChatRoomHighErrorRate: only PostgreSQLDown has the label "instance", so they are never equal in it; drop it from `equal`',
  ]);
});

test('a label that both lack is equal, as Alertmanager sees it', () => {
  expect(
    about({ causes: ['RedisDown'], consequences: ['RedisHighMemoryUsage'], equal: ['cluster', 'rack'] }),
  ).toEqual([]);
});

test('an alert is not its own cause', () => {
  expect(about({ causes: ['RedisDown'], consequences: ['RedisDown'], equal: [] })).toEqual([
    'RedisDown mutes RedisDown: an alert cannot be its own cause; remove it from one side',
  ]);
});

test('a circle is found however long it is', () => {
  expect(
    about(
      { causes: ['RedisDown'], consequences: ['PostgreSQLDown'], equal: [] },
      { causes: ['PostgreSQLDown'], consequences: ['NodeExporterDown'], equal: [] },
      { causes: ['NodeExporterDown'], consequences: ['RedisDown'], equal: [] },
    ),
  ).toHaveLength(3);
});
