import type { Stack } from '../stack';
import { repeat } from './repeat';
import { speaker } from './speaker';

/** Lets somebody say the same in the lobby again and again, whether it is taken or not, until they are stopped. */
export async function chatterbox(
  stack: Stack,
  props: { readonly name: string; readonly text: string; readonly everyMilliseconds: number },
): Promise<() => Promise<void>> {
  const person = await speaker(stack, props.name, 'lobby');
  const stop = await repeat(stack, props.everyMilliseconds, async () => {
    person.send('lobby', props.text).catch(() => undefined);
  });
  return async () => {
    await stop();
    person.close();
  };
}
