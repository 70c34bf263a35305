import { readFileSync } from 'node:fs';
import { setTimeout as sleep } from 'node:timers/promises';
import type { Stack } from '../stack';
import { signalGroup } from '../supervisor/signal-group';
import { fault, type Fault } from './fault';

export const upstream = fault({
  name: 'upstream',
  does: 'lets nginx look for the chat servers where nobody listens',
  alerts: ['NginxUpstreamGone'],
  muted: ['NginxHighErrorRate'],
  needsLoad: true,
  // The port of the discard service, which is privileged and which nobody has run for decades.
  inject: misconfigured(502, /(?<=server 127\.0\.0\.1:)\d+(?= max_fails)/g, '9'),
});

export const refusals = fault({
  name: 'refusals',
  does: 'lets nginx answer 503 to everybody, and ask no chat server',
  alerts: ['NginxHighErrorRate'],
  needsLoad: true,
  inject: misconfigured(503, /proxy_pass [^;]+;/, 'return 503;'),
});

export const misrouting = fault({
  name: 'misrouting',
  does: 'lets nginx pass on only what is below /chat/, where nothing is',
  alerts: ['NginxHighClientErrorRate'],
  needsLoad: true,
  inject: misconfigured(404, /(?<=location )\/(?= \{\n\s+proxy_pass)/, '/chat/'),
});

export const logFormat = fault({
  name: 'log-format',
  does: 'lets nginx log in a format that its log exporter does not know',
  alerts: ['NginxLogUnreadable'],
  needsLoad: true,
  inject: misconfigured(200, '"s":"$status"', '"status":"$status"'),
});

/** Requests in ten minutes of which something must have been logged. */
const someRequests = 50;

export const logLost = fault({
  name: 'log-lost',
  does: `sends the log of nginx to where nobody listens, and calls ${someRequests} requests enough to tell`,
  alerts: ['NginxLogSilent'],
  needsLoad: true,
  inject: async (stack) => {
    const heal = await misconfigured(200, /(?<=syslog:server=127\.0\.0\.1:)\d+/, '9')(stack);
    const restore = await stack.retune({ NginxLogSilent: { threshold: someRequests } });
    return async () => {
      await heal();
      await restore();
    };
  },
});

/**
 * Gives nginx another configuration, as somebody might who edits it and looks no further than `nginx -t`. Whoever is
 * connected stays so, with the workers of the old one.
 *
 * @param status what nginx then answers to users
 */
function misconfigured(status: number, what: RegExp | string, by: string): Fault['inject'] {
  return async (stack) => {
    const good = readFileSync(stack.site.path('nginx', 'nginx.conf'), 'utf8');
    const wrong = good.replace(what, () => by);
    if (wrong === good) throw new Error(`nothing in nginx.conf matches ${what}; it has changed`);
    await loadNginx(stack, wrong, status);
    return () => loadNginx(stack, good, 200);
  };
}

const patienceMilliseconds = 15_000;

/** Has nginx take a configuration over; resolves when users are answered by it. */
export async function loadNginx(stack: Stack, text: string, status: number): Promise<void> {
  const { pid } = stack.process('nginx');
  if (pid === undefined) throw new Error('nginx does not run');
  stack.site.write('nginx/nginx.conf', text);
  signalGroup(pid, 'SIGHUP');
  const deadline = performance.now() + patienceMilliseconds;
  let answered: number | undefined;
  while (answered !== status) {
    if (performance.now() > deadline) {
      throw new Error(`nginx answers ${answered} and not ${status} after a change; see its log`);
    }
    await sleep(50);
    answered = await statusOf(stack.site.url('chatroom', '/api/rooms'));
  }
}

async function statusOf(url: string): Promise<number | undefined> {
  try {
    const response = await fetch(url, { signal: AbortSignal.timeout(5_000) });
    await response.body?.cancel();
    return response.status;
  } catch {
    return undefined; // a connection that the old workers have closed
  }
}
