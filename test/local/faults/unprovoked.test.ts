import { faults } from '../../../local/faults';
import type { Fault } from '../../../local/faults/fault';
import { unprovoked } from '../../../local/faults/unprovoked';
import { alertGroups } from '../../../monitoring/rules';

const provoked: readonly string[] = (faults as readonly Fault[]).flatMap(({ alerts }) => alerts);
const excused: readonly string[] = unprovoked.map(({ alert }) => alert);

test('every alert is provoked by a fault, or it is said in one line why none does; never both', () => {
  const all = alertGroups.flatMap((group) => group.alerts.map(({ name }): string => name));
  expect(all.filter((name) => !provoked.includes(name) && !excused.includes(name))).toEqual([]);
  expect(excused.filter((name) => provoked.includes(name))).toEqual([]);
  expect(excused.filter((name, index) => excused.indexOf(name) !== index)).toEqual([]);
});
