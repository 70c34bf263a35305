import { setTimeout as sleep } from 'node:timers/promises';
import { processUsage } from '../../soak/process-usage';
import type { Lab } from '../measure/lab';
import type { Contender } from './contenders';
import { Crowd } from './generator/crowd';
import { pace } from './generator/pace';
import { saturate, type Throughput } from './generator/saturate';
import { scrapeCost, type ScrapeCost } from './scrape';

export interface TurnProps {
  readonly lab: Lab;
  readonly contender: Contender;
  readonly connections: number;
  /** Seconds that each measurement lasts. */
  readonly seconds: number;
  /** Deliveries per second at which latency is measured, the same for every contender. */
  readonly deliveriesPerSecond: number;
  /** Whether the server has metrics, and what a scrape costs is to be measured. */
  readonly scrape: boolean;
  /** @default - none */
  readonly nodeFlags?: readonly string[];
}

/** Everything that is measured while one server has its turn. */
export interface Turn {
  readonly bytesPerConnection: number;
  /** Many messages on their way at a time, as in a room where many people write. */
  readonly busy: Throughput;
  /** One message after the other: nothing can be shared between messages. */
  readonly single: Throughput;
  readonly p50: number;
  readonly p99: number;
  readonly scrape?: ScrapeCost;
}

/** Messages on their way in the busy measurement. */
export const inFlight = 32;

/** Enough for the code of the server to be compiled and its buffers to be made before memory is first looked at. */
const warmUpConnections = 50;

/** Starts a fresh server, measures it, and stops it. */
export async function turn(props: TurnProps): Promise<Turn> {
  const { lab, contender, connections, seconds, deliveriesPerSecond, scrape, nodeFlags = [] } = props;
  const server = await contender.serve(lab, nodeFlags);
  const { pid: serverPid = Number.NaN } = server;
  const port = lab.site.ports['chat-1'];
  const room = `bench-${process.hrtime.bigint()}`;
  let crowd: Crowd | undefined;
  try {
    await warmUp(contender, port);
    const before = processUsage(serverPid)?.residentBytes ?? Number.NaN;
    crowd = await Crowd.gather({ contender, port, connections, room });
    const after = processUsage(serverPid)?.residentBytes ?? Number.NaN;

    const latencies = await pace({ crowd, messagesPerSecond: deliveriesPerSecond / connections, seconds });
    const single = await saturate({ crowd, serverPid, inFlight: 1, seconds });
    const busy = await saturate({ crowd, serverPid, inFlight, seconds });
    return {
      bytesPerConnection: (after - before) / connections,
      busy,
      single,
      p50: latencies.quantile(0.5),
      p99: latencies.quantile(0.99),
      ...(scrape && { scrape: await scrapeCost(lab.site.url('chat-1', '/metrics'), serverPid) }),
    };
  } finally {
    crowd?.disperse();
    await server.stop();
  }
}

async function warmUp(contender: Contender, port: number): Promise<void> {
  const crowd = await Crowd.gather({ contender, port, connections: warmUpConnections, room: 'warm-up' });
  try {
    await pace({ crowd, messagesPerSecond: 100, seconds: 0.5 });
  } finally {
    crowd.disperse();
  }
  await sleep(500);
}
