import { setTimeout as sleep } from 'node:timers/promises';
import { freePorts } from '../../local/ports';
import type { ManagedProcess } from '../../local/supervisor/managed-process';
import { processUsage } from '../../soak/process-usage';
import { HeapProbe } from '../../local/observe/heap-probe';
import type { Lab } from '../measure/lab';
import type { Contender } from './contenders';
import { Crowd } from './generator/crowd';
import { pace } from './generator/pace';
import { saturate, type Throughput } from './generator/saturate';
import { scrapeCost } from './scrape';
import { inFlight, type Latency, type Turn } from './turn';

export interface ParticipantProps {
  readonly lab: Lab;
  readonly contender: Contender;
  readonly connections: number;
  /** Seconds that each slice lasts. */
  readonly seconds: number;
  /** Deliveries per second at which latency is measured, the same for every contender. */
  readonly deliveriesPerSecond: number;
  readonly nodeFlags: readonly string[];
}

/** Enough for the code of the server to be compiled and its buffers to be made before memory is first looked at. */
const warmUpConnections = 50;

/** One server in a round, with a crowd on it. */
export class Participant {
  readonly #props: ParticipantProps;
  readonly #server: ManagedProcess;
  #crowd: Crowd | undefined;
  #memory = { liveBytesPerConnection: Number.NaN, residentBytesPerConnection: Number.NaN };
  readonly #busy: Throughput[] = [];
  readonly #single: Throughput[] = [];
  readonly #latency: Latency[] = [];

  private constructor(props: ParticipantProps, server: ManagedProcess) {
    this.#props = props;
    this.#server = server;
  }

  /** Starts a fresh server and fills it with connections, while nobody else does anything. */
  static async enter(props: ParticipantProps): Promise<Participant> {
    const { lab, contender, nodeFlags } = props;
    const { 'chat-1': inspected } = await freePorts();
    const server = await contender.serve(lab, [`--inspect=127.0.0.1:${inspected}`, ...nodeFlags]);
    const participant = new Participant(props, server);
    try {
      await participant.#fill(inspected);
    } catch (error) {
      await participant.leave();
      throw error;
    }
    return participant;
  }

  get turn(): Turn {
    return {
      ...this.#memory,
      busy: this.#busy,
      single: this.#single,
      latency: this.#latency,
    };
  }

  async measureLatency(): Promise<void> {
    const { connections, seconds, deliveriesPerSecond } = this.#props;
    const messagesPerSecond = deliveriesPerSecond / connections;
    const latencies = await pace({ crowd: this.#present, messagesPerSecond, seconds });
    this.#latency.push({ p50: latencies.quantile(0.5), p99: latencies.quantile(0.99) });
  }

  async measureSingle(): Promise<void> {
    this.#single.push(await this.#saturate(1));
  }

  async measureBusy(): Promise<void> {
    this.#busy.push(await this.#saturate(inFlight));
  }

  /** What a scrape of its metrics costs while it holds the connections. */
  async scraped(): Promise<Turn> {
    const { lab, contender } = this.#props;
    return { ...this.turn, scrape: await scrapeCost(lab.site.url(contender.port, '/metrics'), this.#pid) };
  }

  async leave(): Promise<void> {
    this.#crowd?.disperse();
    await this.#server.stop();
  }

  get #present(): Crowd {
    if (!this.#crowd) throw new Error('nobody is connected yet');
    return this.#crowd;
  }

  get #pid(): number {
    return this.#server.pid ?? Number.NaN;
  }

  #saturate(messages: number): Promise<Throughput> {
    const { seconds } = this.#props;
    return saturate({ crowd: this.#present, serverPid: this.#pid, inFlight: messages, seconds });
  }

  async #fill(inspected: number): Promise<void> {
    const { contender, connections, lab } = this.#props;
    const port = lab.site.ports[contender.port];
    const resident = () => processUsage(this.#pid)?.residentBytes ?? Number.NaN;
    await warmUp(contender, port);
    const probe = await HeapProbe.attach(inspected);
    try {
      const liveBefore = await probe.liveBytes();
      const residentBefore = resident();
      const room = `bench-${process.hrtime.bigint()}`;
      this.#crowd = await Crowd.gather({ contender, port, connections, room });
      // Resident first: the collection that tells what is alive may give memory back.
      const residentAfter = resident();
      const liveAfter = await probe.liveBytes();
      this.#memory = {
        liveBytesPerConnection: (liveAfter - liveBefore) / connections,
        residentBytesPerConnection: (residentAfter - residentBefore) / connections,
      };
    } finally {
      probe.close();
    }
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
