import { parser } from '@prometheus-io/lezer-promql';
import type { Catalogue, TunedAlert } from '../monitoring/catalogue';
import { matches, receiversOf, type Route } from '../monitoring/model/route';
import type { Channel } from '../monitoring/model/receiver';
import type { AlertName } from '../monitoring/rules';
import type { ReceiverName } from '../monitoring/routing/receivers';
import {
  compressedDuration,
  compressedFor,
  compressedInterval,
  compressedRange,
  durationInMilliseconds,
  type Compression,
} from './compress';

/** One message that an alert leads to. */
export interface Delivery {
  readonly receiver: ReceiverName;
  readonly kind: string;
  /** Mail address, Slack channel or URL. */
  readonly address: string;
}

/** What must happen after something broke, and when: all of it read off the model. */
export interface Expectation {
  readonly alert: AlertName;
  readonly severity: string;
  readonly deliveries: readonly Delivery[];
  /** Alerts that this one mutes while it fires. */
  readonly mutes: readonly AlertName[];
  /** Milliseconds from the break to the first message: not before, and not after. */
  readonly earliest: number;
  readonly latest: number;
}

/** How long a message takes from Alertmanager's decision to the inbox, on loopback, at worst. */
const deliveryMilliseconds = 1_000;

/**
 * What an alert of a catalogue leads to.
 *
 * The earliest message comes when the alert is seen at once: what it must last, and what its group waits. The
 * latest allows for a scrape and an evaluation that have just passed, and for an average over some range that
 * has to fill with what is new.
 *
 * @throws Error when the catalogue has no such alert, or leaves it out.
 */
export function expectationOf(name: AlertName, catalogue: Catalogue, compression: Compression): Expectation {
  const alert = catalogue.alerts.flatMap((group) => group.alerts).find((each) => each.name === name);
  if (!alert) throw new Error(`${name} is not among the alerts of ${catalogue.environment.name}`);
  const labels = labelsOf(alert, catalogue);
  const divided = (text: string): number => durationInMilliseconds(compressedDuration(text, compression));
  const held = durationInMilliseconds(compressedFor(alert, compression));
  const wait = Math.min(...groupWaits(catalogue.route, labels).map(divided));
  const noticing =
    longestScrape(catalogue, compression) +
    2 * durationInMilliseconds(compressedInterval(catalogue.environment.evaluationInterval, compression)) +
    longestRange(alert, compression);
  return {
    alert: name,
    severity: alert.severity,
    deliveries: deliveriesOf(catalogue, labels),
    mutes: catalogue.inhibitions
      .filter(({ causes }) => causes.includes(name))
      .flatMap(({ consequences }) => consequences),
    earliest: held + wait,
    latest: noticing + held + wait + deliveryMilliseconds,
  };
}

/** The labels by which Alertmanager routes an alert; those of single targets play no part in that. */
export function labelsOf(alert: TunedAlert, { environment }: Catalogue): Readonly<Record<string, string>> {
  return { alertname: alert.name, ...environment.externalLabels, ...alert.labels };
}

function deliveriesOf(catalogue: Catalogue, labels: Readonly<Record<string, string>>): readonly Delivery[] {
  return receiversOf(catalogue.route, labels).flatMap((name) => deliveriesTo(catalogue, name));
}

/** Every message that a receiver gets at a time. */
export function deliveriesTo({ receivers }: Catalogue, name: ReceiverName): readonly Delivery[] {
  const { channels = [] } = receivers.find((receiver) => receiver.name === name) ?? {};
  return channels.map((channel) => ({ receiver: name, kind: channel.kind, address: addressOf(channel) }));
}

function addressOf(channel: Channel): string {
  const { to, channel: room, url } = channel as Channel & Readonly<Record<string, unknown>>;
  return [to, room, url].find((value) => typeof value === 'string') ?? channel.kind;
}

/** The wait of every route that takes the alert, its own or inherited. */
function groupWaits(
  route: Route,
  labels: Readonly<Record<string, string>>,
  inherited = '30s', // Alertmanager's own default
): readonly string[] {
  const own = route.groupWait ?? inherited;
  const waits: string[] = [];
  for (const child of route.routes ?? []) {
    if (!(child.matchers ?? []).every((matcher) => matches(matcher, labels))) continue;
    waits.push(...groupWaits(child, labels, own));
    if (!child.continue) break;
  }
  return waits.length > 0 ? waits : [own];
}

/** How long the slowest job takes to see anything. */
function longestScrape({ jobs, environment }: Catalogue, compression: Compression): number {
  const intervals = jobs.map(({ name, ...job }) => {
    const own = 'interval' in job ? job.interval : environment.scrapeInterval;
    return durationInMilliseconds(compressedInterval(own, compression, name));
  });
  return Math.max(...intervals);
}

/** Whoever looks back over a day asks what was once; nobody has to wait until a day is full of something new. */
const memoryMilliseconds = durationInMilliseconds('1d');

/** The longest range that has to fill before a query answers; of two alternatives, that of the quicker. */
function longestRange({ expr }: TunedAlert, compression: Compression): number {
  const { topNode } = parser.parse(expr);
  const spanOf = (text: string): number =>
    durationInMilliseconds(text) >= memoryMilliseconds
      ? 0
      : durationInMilliseconds(compressedRange(text, compression));
  const within = (node: typeof topNode): number => {
    const text = expr.slice(node.from, node.to);
    if (node.name === 'NumberDurationLiteralInDurationContext') return spanOf(text);
    // The name of a recording ends with the window over which it was taken.
    const window = node.name === 'Identifier' && /:\w+_rate(\d+[smhd])$/.exec(text)?.[1];
    if (window) return spanOf(window);
    const parts: number[] = [];
    for (let child = node.firstChild; child; child = child.nextSibling) parts.push(within(child));
    if (!node.getChild('Or')) return Math.max(0, ...parts);
    return Math.min(parts[0] ?? 0, parts.at(-1) ?? 0);
  };
  return within(topNode);
}
