import type { Catalogue } from '../monitoring/catalogue';
import { allowedSilence, switchAddressee } from './components/dead-mans-switch';
import { expectationOf, type Delivery } from './expectation';
import type { Fault } from './faults/fault';
import type { Stack } from './stack';

/** One table: what runs, and where to look at it. */
export function table(stack: Stack): string {
  const { site } = stack;
  const rows = stack.components.map(({ title, ports, look }) => {
    const [port] = ports;
    return { title, page: look?.(site), address: port ? `127.0.0.1:${site.ports[port]}` : '' };
  });
  const width = Math.max(...rows.map(({ title }) => title.length));
  const line = (title: string, place: string): string => `  ${title.padEnd(width)}  ${place}`;
  return [
    line('what', 'where to look'),
    line('-'.repeat(width), '-'.repeat(40)),
    ...rows.flatMap(({ title, page }) => (page === undefined ? [] : [line(title, page)])),
    ...rows.flatMap(({ title, page, address }) => (page === undefined ? [line(title, address)] : [])),
  ].join('\n');
}

/** What was broken, and which pages to expect from it where and when. */
export function announcement(fault: Fault, stack: Stack, catalogue: Catalogue, now: Date): string {
  const expected = fault.alerts.map((alert) => expectationOf(alert, catalogue, stack.compression));
  const lines = expected.flatMap(({ alert, severity, earliest, latest, deliveries, mutes }) => [
    `  ${alert} (${severity}), between ${clock(now, earliest)} and ${clock(now, latest)}, that is in ${seconds(earliest)} to ${seconds(latest)}:`,
    ...deliveries.map(
      (delivery) =>
        `    ${describe(delivery, stack)}${fault.silences || delivery.kind === fault.cutsOff ? ' (not before it is healed)' : ''}`,
    ),
    ...(mutes.length > 0 ? [`    meanwhile it mutes ${mutes.join(', ')}`] : []),
  ]);
  const outside = `  nothing but a mail of the dead man’s switch to ${switchAddressee}, once it has heard nothing for ${seconds(allowedSilence(stack.compression))}`;
  return [
    `Broken on purpose: this ${fault.does}. Expect`,
    ...(fault.silences ? [outside] : []),
    ...lines,
  ].join('\n');
}

function describe({ receiver, kind, address }: Delivery, { site }: Stack): string {
  const channels: Readonly<Record<string, string>> = {
    email: `a mail to ${address}, see ${site.url('mail')}`,
    slack: `a message in Slack ${address}, see ${site.url('slack')}`,
    webhook: `a message in the room #ops, see ${site.url('chatroom')}`,
  };
  return `${receiver}: ${channels[kind] ?? `${kind} to ${address}`}`;
}

export function seconds(milliseconds: number): string {
  const total = Math.ceil(milliseconds / 1_000);
  return total < 60 ? `${total} s` : `${Math.floor(total / 60)} min ${total % 60} s`;
}

function clock(now: Date, later: number): string {
  return new Date(now.getTime() + later).toLocaleTimeString('en-GB');
}
