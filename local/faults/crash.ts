import type { ComponentName } from '../components';
import type { Fault } from './fault';

/** Ends a component without warning; healing starts it again. */
export function crash(name: ComponentName): Fault['inject'] {
  return async (stack) => {
    await stack.process(name).crash();
    return () => stack.restart(name);
  };
}
