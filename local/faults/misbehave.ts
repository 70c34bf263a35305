import type { ComponentName } from '../components';
import type { Fault } from './fault';

const replicas = ['chat-1', 'chat-2'] as const satisfies readonly ComponentName[];

/** Orders every replica to fail or dawdle, as docs/chatroom.md describes for POST /faults. */
export function misbehave(order: {
  readonly errorRatio?: number;
  readonly delaySeconds?: number;
}): Fault['inject'] {
  return async (stack) => {
    const tell = async (body: object): Promise<void> => {
      for (const replica of replicas) {
        const response = await fetch(stack.site.url(replica, '/faults'), {
          method: 'POST',
          headers: { 'content-type': 'application/json' },
          body: JSON.stringify(body),
        });
        if (!response.ok)
          throw new Error(`${replica} refused the fault: ${response.status} ${await response.text()}`);
      }
    };
    await tell(order);
    return () => tell({});
  };
}
