import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { countedRoutes, operationalPaths } from '../../chatroom/http/route-list';
import { protocolErrors } from '../../chatroom/protocol/errors';
import { clientFrame } from '../../chatroom/protocol/frames';
import { serverSettingsTable, webhookSettingsTable, type Setting } from '../../chatroom/settings';
import { disconnectReasons } from '../../monitoring/metrics/chatroom';

const page = readFileSync(join(__dirname, '..', '..', 'docs', 'chatroom.md'), 'utf8');

/** The first cells of the table rows in one section, without their backticks. */
const rows = (heading: string): string[][] => {
  const section = page.split(/^#+ /m).find((part) => part.startsWith(heading)) ?? '';
  return section
    .split('\n')
    .filter((line, index, lines) => line.startsWith('| `') && !lines[index + 1]?.startsWith('| --'))
    .map((line) =>
      line
        .split('|')
        .slice(1, -1)
        .map((cell) => cell.trim().replaceAll('`', '')),
    );
};
const firstCells = (heading: string) =>
  rows(heading)
    .map(([first]) => first)
    .sort();

test('the page lists every setting and its default, and no other', () => {
  const settings: Setting[] = Object.values({
    ...serverSettingsTable,
    ...webhookSettingsTable,
    ...{ port: serverSettingsTable.port },
    webhookPort: webhookSettingsTable.port,
  });
  expect(firstCells('Settings')).toEqual(settings.map(({ env }) => env).sort());
  for (const { env, fallback, secret } of settings.filter((one) => one.env !== 'CHATROOM_REPLICA')) {
    const row = rows('Settings').find(([first]) => first === env);
    expect([env, row?.[1]]).toEqual([env, fallback === '' ? 'none' : fallback]);
    expect([env, row?.[2]?.includes('_secret_')]).toEqual([env, secret ?? false]);
  }
});

test('the page lists every error code and whether to try again, and no other', () => {
  const expected = Object.entries(protocolErrors).map(([code, kind]) => [
    code,
    'retryAfterMs' in kind ? 'yes' : 'no',
  ]);
  expect(rows('Errors').map(([code, retryable]) => [code, retryable])).toEqual(expected);
});

test('the page lists every frame of a client, and no other', () => {
  expect(firstCells('From the client')).toEqual(
    clientFrame.options.map(({ shape }) => shape.type.value).sort(),
  );
});

test('the page names every reason for a disconnection', () => {
  const section = page.split(/^#+ /m).find((part) => part.startsWith('Close codes')) ?? '';
  for (const reason of disconnectReasons) expect(section).toContain(`\`${reason}\``);
});

test('the page names every path', () => {
  const endpoints = page.split(/^#+ /m).find((part) => part.startsWith('Endpoints')) ?? '';
  for (const path of [...countedRoutes.map((route) => route.path), ...operationalPaths]) {
    expect(endpoints).toContain(path.replace(/:(\w+)/g, '<$1>'));
  }
});
