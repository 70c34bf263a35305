import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { readServerSettings, readWebhookSettings } from '../../chatroom/settings';
import { SettingsError } from '../../chatroom/settings-error';

const problemsOf = (read: () => unknown) => {
  try {
    read();
  } catch (error) {
    if (error instanceof SettingsError) return error.problems;
    throw error;
  }
  throw new Error('the settings were accepted');
};

test('an empty environment gives the documented defaults', () => {
  expect(readServerSettings({})).toMatchObject({
    port: 8000,
    faults: '0',
    drainSeconds: 10,
    otlpEndpoint: '',
  });
  expect(readWebhookSettings({})).toMatchObject({ port: 8080, token: '', language: 'zh-CN' });
});

test('a replica has another name each time it starts', () => {
  expect(readServerSettings({}).replica).toBe(readServerSettings({}).replica);
  expect(readServerSettings({ CHATROOM_REPLICA: 'one' }).replica).toBe('one');
});

test('an empty variable counts as absent', () => {
  expect(readServerSettings({ CHATROOM_PORT: '' }).port).toBe(8000);
});

test('every wrong variable is named at once, with its value and the remedy', () => {
  const problems = problemsOf(() =>
    readServerSettings({ CHATROOM_PORT: '80a', CHATROOM_FAULTS: 'yes', CHATROOM_MAX_FRAME_BYTES: '-1' }),
  );
  expect(problems).toEqual([
    { field: 'CHATROOM_PORT', value: '"80a"', remedy: 'set it to a whole number from 0 to 65535' },
    {
      field: 'CHATROOM_MAX_FRAME_BYTES',
      value: '"-1"',
      remedy: 'set it to a whole number from 16384 to 1048576',
    },
    { field: 'CHATROOM_FAULTS', value: '"yes"', remedy: 'set it to one of 0, 1' },
  ]);
});

test.each(['65536', '1e3', ' 80', '0x50', '8000.5'])('the port "%s" is refused', (port) => {
  expect(problemsOf(() => readServerSettings({ CHATROOM_PORT: port }))).toHaveLength(1);
});

test('a wrong secret is not printed', () => {
  const [problem] = problemsOf(() =>
    readServerSettings({ CHATROOM_DATABASE_URL: 'mysql://user:hunter2@db' }),
  );
  expect(problem).toMatchObject({ field: 'CHATROOM_DATABASE_URL', value: '(secret)' });
  expect(JSON.stringify(problem)).not.toContain('hunter2');
});

describe('a secret in a file', () => {
  const folder = mkdtempSync(join(tmpdir(), 'chatroom-settings-'));
  const file = join(folder, 'token');
  writeFileSync(file, 'from the file\n');
  afterAll(() => rmSync(folder, { recursive: true }));

  test('is read without its trailing newline', () => {
    expect(readWebhookSettings({ CHATROOM_WEBHOOK_TOKEN_FILE: file }).token).toBe('from the file');
  });

  test('and in the environment as well is refused, since one of them is a mistake', () => {
    const env = { CHATROOM_WEBHOOK_TOKEN: 'x', CHATROOM_WEBHOOK_TOKEN_FILE: file };
    expect(problemsOf(() => readWebhookSettings(env))[0]?.field).toBe('CHATROOM_WEBHOOK_TOKEN');
  });

  test('that does not exist is named', () => {
    const env = { CHATROOM_WEBHOOK_TOKEN_FILE: join(folder, 'absent') };
    expect(problemsOf(() => readWebhookSettings(env))[0]).toMatchObject({
      field: 'CHATROOM_WEBHOOK_TOKEN_FILE',
      value: JSON.stringify(join(folder, 'absent')),
    });
  });

  test('is no way to set what is no secret', () => {
    expect(readWebhookSettings({ CHATROOM_WEBHOOK_PORT_FILE: file }).port).toBe(8080);
  });
});
