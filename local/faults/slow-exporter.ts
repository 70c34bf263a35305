import { setTimeout as sleep } from 'node:timers/promises';
import { scrapeSchedule } from '../observe/scrape-schedule';
import { signalGroup } from '../supervisor/signal-group';
import { fault } from './fault';
import { repeat } from './repeat';

/** Of the time that a scrape may take. Less than the alert asks for, as a compressed second is over before it is near its end. */
const near = 0.6;
const share = 0.7;
/** What it needs to answer, and is then let go on for. */
const answer = 0.15;
/** What the rule divides by, as it does not know that a compressed stack allows for less. */
const ruleSeconds = 10;

export const slowExporter = fault({
  name: 'slow-exporter',
  does: 'lets the nginx exporter answer late, and calls that almost too late',
  alerts: ['PrometheusScrapeNearTimeout'],
  inject: async (stack) => {
    const { site } = stack;
    const { timeout } = await scrapeSchedule(site, 'nginx-exporter');
    const restore = await stack.retune({
      PrometheusScrapeNearTimeout: { threshold: (near * timeout) / 1_000 / ruleSeconds },
    });
    const { last, interval } = await scrapeSchedule(site, 'nginx-exporter');
    const tell = (signal: 'SIGSTOP' | 'SIGCONT'): void => {
      const { pid } = stack.process('nginx-exporter');
      if (pid === undefined) throw new Error('the nginx exporter does not run');
      signalGroup(pid, signal);
    };
    const stop = await repeat(stack, 0, async () => {
      const next = last + Math.ceil((Date.now() - last) / interval) * interval;
      tell('SIGSTOP');
      try {
        await sleep(next - Date.now() + share * timeout);
      } finally {
        tell('SIGCONT');
      }
      // It has to stand still before the next scrape, which may be early.
      await sleep(answer * timeout);
    });
    return async () => {
      await stop();
      await restore();
    };
  },
});
