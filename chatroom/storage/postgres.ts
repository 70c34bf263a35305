import { DatabaseError, Pool, type PoolClient, type QueryResultRow } from 'pg';
import type { Logger } from 'pino';
import type { CountException } from '../exceptions';
import { StorageUnavailable } from './unavailable';

export interface PostgresProps {
  readonly url: string;
  readonly poolSize: number;
  /** Shown in pg_stat_activity. */
  readonly applicationName: string;
  readonly log: Logger;
  readonly countException: CountException;
}

/**
 * The connection to PostgreSQL. It never gives up: every query takes a live connection or a new one, so that the
 * database may go and come back at any time.
 */
export class Postgres {
  readonly #pool: Pool;
  readonly #props: PostgresProps;
  #down = false;

  constructor(props: PostgresProps) {
    this.#props = props;
    this.#pool = new Pool({
      connectionString: props.url,
      max: props.poolSize,
      application_name: props.applicationName,
      keepAlive: true,
      // A message is acknowledged when it is stored. A database that was told to answer earlier is asked not to.
      options: '-c synchronous_commit=on',
      connectionTimeoutMillis: 2_000,
      idleTimeoutMillis: 30_000,
      // The server gives up first, so that it does not finish what the client has already called failed.
      statement_timeout: statementSeconds * 1_000,
      query_timeout: (statementSeconds + 1) * 1_000,
    });
    // An idle connection that breaks is an event without a listener otherwise, and would end the process.
    this.#pool.on('error', (error) => this.#failed(error));
  }

  /**
   * @throws StorageUnavailable when PostgreSQL does not answer, refuses connections or runs out of something.
   * @throws DatabaseError when the data itself is refused, which will not change by asking again.
   */
  async query<Row extends QueryResultRow>(
    name: string,
    text: string,
    values: readonly unknown[] = [],
  ): Promise<Row[]> {
    try {
      const result = await this.#pool.query<Row>({ name, text, values: [...values] });
      this.#recovered();
      return result.rows;
    } catch (error) {
      throw this.#failed(error);
    }
  }

  /** Runs several statements on one connection. Same errors as {@link query}. */
  async withClient<Result>(run: (client: PoolClient) => Promise<Result>): Promise<Result> {
    let client: PoolClient | undefined;
    try {
      client = await this.#pool.connect();
      // A connection that breaks between two statements is an event, which would end the process if nobody listened.
      client.on('error', ignore);
      const result = await run(client);
      client.off('error', ignore);
      client.release();
      this.#recovered();
      return result;
    } catch (error) {
      client?.release(true);
      throw this.#failed(error);
    }
  }

  /** Resolves when PostgreSQL answers. */
  async ping(): Promise<void> {
    await this.query('ping', 'SELECT 1');
  }

  async close(): Promise<void> {
    await this.#pool.end();
  }

  #failed(error: unknown): Error {
    this.#props.countException('postgres');
    if (isDataError(error)) return error;
    if (!this.#down) {
      // Once per outage: under load a line per failed query would bury everything else.
      this.#down = true;
      this.#props.log.error({ err: error }, 'PostgreSQL does not answer; messages are refused until it does');
    }
    const why = error instanceof Error ? error.message : String(error);
    return new StorageUnavailable(`PostgreSQL does not answer: ${why}`, { cause: error });
  }

  #recovered(): void {
    if (!this.#down) return;
    this.#down = false;
    this.#props.log.info('PostgreSQL answers again');
  }
}

/** The statement after it fails and says so. */
const ignore = (): void => undefined;

/** No statement that this process starts is still running after this many seconds. */
export const statementSeconds = 4;

/** SQLSTATE classes 22 (data exception) and 23 (constraint): about the values, not about the server. */
export function isDataError(error: unknown): error is DatabaseError {
  return error instanceof DatabaseError && /^(22|23)/.test(error.code ?? '');
}
