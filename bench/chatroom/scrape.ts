import { processUsage } from '../../soak/process-usage';
import { summary } from '../measure/statistics';

/** What one scrape of a server costs. */
export interface ScrapeCost {
  readonly bytes: number;
  readonly series: number;
  readonly medianMs: number;
  readonly slowestMs: number;
  /** Processor time of the server. */
  readonly serverMs: number;
}

const warmUp = 10;

/** Scrapes a server many times, one after the other, as Prometheus does: compressed and on a kept connection. */
export async function scrapeCost(url: string, serverPid: number, scrapes = 100): Promise<ScrapeCost> {
  const scrape = async (): Promise<string> => {
    const response = await fetch(url, { headers: { 'accept-encoding': 'gzip' } });
    if (!response.ok) throw new Error(`${url} answered ${response.status}`);
    return response.text();
  };
  for (let i = 0; i < warmUp; i += 1) await scrape();
  const before = processUsage(serverPid)?.cpuSeconds ?? Number.NaN;
  const times: number[] = [];
  let text = '';
  for (let i = 0; i < scrapes; i += 1) {
    const began = performance.now();
    text = await scrape();
    times.push(performance.now() - began);
  }
  const after = processUsage(serverPid)?.cpuSeconds ?? Number.NaN;
  const { median, highest } = summary(times);
  return {
    bytes: Buffer.byteLength(text),
    series: text.split('\n').filter((line) => line !== '' && !line.startsWith('#')).length,
    medianMs: median,
    slowestMs: highest,
    serverMs: ((after - before) * 1_000) / scrapes,
  };
}
