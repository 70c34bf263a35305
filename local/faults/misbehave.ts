import type { ComponentName } from '../components';
import type { Stack } from '../stack';
import type { Fault } from './fault';

const replicas = ['chat-1', 'chat-2'] as const satisfies readonly ComponentName[];

interface Order {
  readonly errorRatio?: number;
  readonly delaySeconds?: number;
}

/** Orders in force. A replica knows only the last one that it was given, so that it is given all of them as one. */
const inForce = new WeakMap<Stack, Set<Order>>();

/** Orders every replica to fail or dawdle, as docs/chatroom.md describes for POST /faults. */
export function misbehave(order: Order): Fault['inject'] {
  return async (stack) => {
    const orders = inForce.get(stack) ?? new Set();
    inForce.set(stack, orders.add(order));
    await tell(stack, orders);
    return async () => {
      orders.delete(order);
      await tell(stack, orders);
    };
  };
}

async function tell({ site }: Stack, orders: ReadonlySet<Order>): Promise<void> {
  const worst = (figure: keyof Order): number => Math.max(0, ...[...orders].map((each) => each[figure] ?? 0));
  for (const replica of replicas) {
    const response = await fetch(site.url(replica, '/faults'), {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify({ errorRatio: worst('errorRatio'), delaySeconds: worst('delaySeconds') }),
    });
    if (!response.ok)
      throw new Error(`${replica} refused the fault: ${response.status} ${await response.text()}`);
  }
}
