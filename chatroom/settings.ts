import { readFileSync } from 'node:fs';
import { hostname } from 'node:os';
import { randomBytes } from 'node:crypto';
import { z } from 'zod';
import { SettingsError, type SettingsProblem } from './settings-error';

/** One environment variable: how it is read, what stands in for it, and what to say when it is wrong. */
export interface Setting<Value = unknown> {
  readonly env: string;
  readonly schema: z.ZodType<Value, string>;
  /** Used when the variable is absent or empty; `undefined` makes the variable mandatory. */
  readonly fallback?: string;
  /** What a right value looks like, in words that complete "set it to …". */
  readonly remedy: string;
  /** A secret is also read from the file named by `<env>_FILE`, and is never printed. */
  readonly secret?: boolean;
}

const whole = (env: string, fallback: number, min: number, max: number): Setting<number> => ({
  env,
  schema: z
    .string()
    .regex(/^\d+$/)
    .transform(Number)
    .refine((value) => value >= min && value <= max),
  fallback: String(fallback),
  remedy: `a whole number from ${min} to ${max}`,
});

const text = (env: string, remedy: string, fallback?: string): Setting<string> => ({
  env,
  schema: z.string(),
  fallback,
  remedy,
});

const oneOf = <const Choice extends string>(
  env: string,
  choices: readonly [Choice, ...Choice[]],
  fallback: Choice,
): Setting<Choice> => ({
  env,
  schema: z.string().pipe(z.enum(choices)),
  fallback,
  remedy: `one of ${choices.join(', ')}`,
});

const url = (env: string, protocols: readonly string[], fallback: string): Setting<string> => ({
  env,
  schema: z.string().refine((value) => protocols.includes(URL.parse(value)?.protocol.slice(0, -1) ?? '')),
  fallback,
  remedy: `a URL that starts with ${protocols.map((protocol) => `${protocol}://`).join(' or ')}`,
  secret: true,
});

/** Read by the server and by the webhook, which share PostgreSQL and Redis. */
const shared = {
  host: text('CHATROOM_HOST', 'an address to listen on', '0.0.0.0'),
  databaseUrl: url('CHATROOM_DATABASE_URL', ['postgres', 'postgresql'], 'postgres://127.0.0.1:5432/chatroom'),
  databasePoolSize: whole('CHATROOM_DATABASE_POOL_SIZE', 10, 2, 200),
  redisUrl: url('CHATROOM_REDIS_URL', ['redis', 'rediss'], 'redis://127.0.0.1:6379'),
  redisPrefix: text('CHATROOM_REDIS_PREFIX', 'a name that only this chat room uses in its Redis', 'chatroom'),
  logLevel: oneOf(
    'CHATROOM_LOG_LEVEL',
    ['trace', 'debug', 'info', 'warn', 'error', 'fatal', 'silent'],
    'info',
  ),
  otlpEndpoint: {
    env: 'OTEL_EXPORTER_OTLP_ENDPOINT',
    schema: z.string().refine((value) => value === '' || /^https?:$/.test(URL.parse(value)?.protocol ?? '')),
    fallback: '',
    remedy: 'the http(s) URL of an OpenTelemetry collector, or leave it out for no traces',
  } satisfies Setting<string>,
};

/** The settings of `chatroom/server.ts`. docs/chatroom.md lists the same names, and a test compares the two. */
export const serverSettingsTable = {
  ...shared,
  port: whole('CHATROOM_PORT', 8000, 0, 65_535),
  replica: {
    ...text('CHATROOM_REPLICA', 'a name that no other replica has'),
    // Two replicas of one name would each take the other's words for their own echo.
    fallback: `${hostname()}-${randomBytes(3).toString('hex')}`,
  },
  maxConnections: whole('CHATROOM_MAX_CONNECTIONS', 20_000, 1, 1_000_000),
  maxFrameBytes: whole('CHATROOM_MAX_FRAME_BYTES', 65_536, 16_384, 1_048_576),
  maxBufferedBytes: whole('CHATROOM_MAX_BUFFERED_BYTES', 1_048_576, 65_536, 1_073_741_824),
  framesPerSecond: whole('CHATROOM_FRAMES_PER_SECOND', 10, 1, 100_000),
  frameBurst: whole('CHATROOM_FRAME_BURST', 40, 1, 1_000_000),
  heartbeatSeconds: whole('CHATROOM_HEARTBEAT_SECONDS', 30, 1, 3_600),
  drainSeconds: whole('CHATROOM_DRAIN_SECONDS', 10, 0, 3_600),
  faults: oneOf('CHATROOM_FAULTS', ['0', '1'], '0'),
};

/** The settings of `chatroom/webhook.ts`. */
export const webhookSettingsTable = {
  ...shared,
  port: whole('CHATROOM_WEBHOOK_PORT', 8080, 0, 65_535),
  token: {
    ...text('CHATROOM_WEBHOOK_TOKEN', 'the bearer token that Alertmanager sends', ''),
    secret: true,
  },
  language: oneOf('CHATROOM_WEBHOOK_LANGUAGE', ['zh-CN', 'en'], 'zh-CN'),
};

type Read<Table> = {
  readonly [Name in keyof Table]: Table[Name] extends Setting<infer Value> ? Value : never;
};

export type ServerSettings = Read<typeof serverSettingsTable>;
export type WebhookSettings = Read<typeof webhookSettingsTable>;
export type SharedSettings = Read<typeof shared>;
export type Environment = Readonly<Record<string, string | undefined>>;

/** @throws SettingsError that names every wrong variable at once. */
export const readServerSettings = (env: Environment): ServerSettings => read(serverSettingsTable, env);

/** @throws SettingsError that names every wrong variable at once. */
export const readWebhookSettings = (env: Environment): WebhookSettings => read(webhookSettingsTable, env);

function read<Table extends Record<string, Setting>>(table: Table, env: Environment): Read<Table> {
  const problems: SettingsProblem[] = [];
  const values = Object.entries(table).map(([name, setting]) => {
    const found = lookUp(setting, env);
    if ('problem' in found) {
      problems.push(found.problem);
      return [name, undefined];
    }
    const parsed = setting.schema.safeParse(found.value);
    if (!parsed.success) {
      problems.push({
        field: setting.env,
        value: setting.secret ? '(secret)' : JSON.stringify(found.value),
        remedy: `set it to ${setting.remedy}`,
      });
    }
    return [name, parsed.data];
  });
  if (problems.length > 0) throw new SettingsError(problems);
  return Object.freeze(Object.fromEntries(values) as Read<Table>);
}

function lookUp(setting: Setting, env: Environment): { value: string } | { problem: SettingsProblem } {
  const direct = env[setting.env];
  const fileVariable = `${setting.env}_FILE`;
  const file = setting.secret ? env[fileVariable] : undefined;
  if (direct && file) {
    return {
      problem: {
        field: setting.env,
        value: '(secret)',
        remedy: `set either it or ${fileVariable}, not both`,
      },
    };
  }
  if (direct) return { value: direct };
  if (file) {
    try {
      return { value: readFileSync(file, 'utf8').trim() };
    } catch (error) {
      const why = error instanceof Error ? error.message : String(error);
      return {
        problem: { field: fileVariable, value: JSON.stringify(file), remedy: `make it readable (${why})` },
      };
    }
  }
  if (setting.fallback === undefined) {
    return { problem: { field: setting.env, value: 'nothing', remedy: `set it to ${setting.remedy}` } };
  }
  return { value: setting.fallback };
}
