import { setTimeout as sleep } from 'node:timers/promises';
import { watchReadiness } from '../../../chatroom/http/readiness';
import { eventually } from '../../stack/chatroom/eventually';

test('what is told follows what the checks say, until the end', async () => {
  let missing = true;
  const told: boolean[] = [];
  const watch = watchReadiness(
    {
      it: async () => {
        if (missing) throw new Error('not there');
      },
    },
    (ready) => told.push(ready),
  );
  await eventually(() => told.length > 0);
  expect(told).toEqual([false]);
  missing = false;
  await eventually(() => told.at(-1) === true);
  missing = true;
  watch.look();
  await eventually(() => told.at(-1) === false);
  watch.stop();
  const last = told.length;
  await sleep(2_500);
  expect(told).toHaveLength(last);
}, 20_000);

test('a look that is still on its way at the end tells nothing', async () => {
  const asked = Promise.withResolvers<void>();
  const told: boolean[] = [];
  const watch = watchReadiness({ it: () => asked.promise }, (ready) => told.push(ready));
  watch.stop();
  asked.resolve();
  await sleep(50);
  expect(told).toEqual([]);
});

test('a check that never answers is told as missing', async () => {
  const told: boolean[] = [];
  const watch = watchReadiness({ it: () => new Promise(() => undefined) }, (ready) => told.push(ready));
  await eventually(() => told.length > 0);
  watch.stop();
  expect(told).toEqual([false]);
}, 20_000);
