import { figure, spread, table, type Page } from '../measure/page';
import type { Footprint } from './measure';

export interface PrometheusResults {
  readonly footprints: readonly Footprint[];
  readonly factor: number;
  readonly command: string;
  readonly machine: string;
  readonly takenAt: Date;
}

const evaluationIntervalMs = 15_000;

export function prometheusPage({ footprints, factor, command, machine, takenAt }: PrometheusResults): Page {
  return {
    name: 'prometheus',
    title: 'What Prometheus needs for these rules',
    command,
    machine,
    takenAt,
    body: [
      `A real Prometheus with our ${footprints[0]?.rules ?? 0} alert and recording rules and all exporters of the local stack. The chat servers are simulated: each is a port with the series of a real server and values that move, so that a hundred fit on one machine.`,
      `Time is divided by ${factor}: scrapes and evaluations come ${factor} times as often and ranges are ${factor} times shorter, so a query over five minutes reads as many samples as it does in production. What is given per second is converted back. Ranges of an hour and more, as SLOs have, are not full.`,
      table(
        [
          'chat servers',
          'series',
          'samples per second',
          'memory, MiB',
          'all rules evaluated in, ms',
          'slowest group',
          'share of the 15 s between evaluations',
          'processor, of one',
        ],
        footprints.map((each) => [
          figure(each.replicas, 0),
          figure(each.series, 0),
          figure(each.samplesPerSecond, 0),
          spread(
            {
              ...each.residentBytes,
              median: each.residentBytes.median / 2 ** 20,
              lowest: each.residentBytes.lowest / 2 ** 20,
              highest: each.residentBytes.highest / 2 ** 20,
            },
            0,
          ),
          spread(each.evaluationMs, 1),
          `${each.slowestGroup.name}, ${figure(each.slowestGroup.ms, 1)} ms`,
          `${figure((each.evaluationMs.median / evaluationIntervalMs) * 100)} %`,
          `${figure(each.cpuShare * 100, 1)} %`,
        ]),
      ),
      'Figures are medians over evaluations, the lowest and highest in parentheses. Memory is what is resident, with a head block of minutes; over two hours of data it grows with the samples per second.',
    ],
  };
}
