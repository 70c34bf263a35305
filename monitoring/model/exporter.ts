/** A process that stands beside a service and translates its state into metrics. */
export interface Exporter<Job extends string = string> {
  /** The scrape job that reads it. */
  readonly job: Job;
  /** Upstream image, pinned by version. */
  readonly image: string;
  readonly port: number;
  /** Command-line flags that do not depend on where it runs. */
  readonly args: readonly string[];
  /**
   * How it is told what to watch: by flags or by environment variables, each with the placeholder `$(ADDRESS)`
   * where the address of the service goes.
   */
  readonly watches?: {
    readonly args?: readonly string[];
    readonly env?: Readonly<Record<string, string>>;
    /** Environment variables whose values are secret, by what they hold. */
    readonly secretEnv?: Readonly<Record<string, 'postgres-dsn' | 'redis-password'>>;
  };
  /** Memory that it is promised and may not exceed. @default 64Mi */
  readonly memory?: string;
  /** One per node of a cluster, with a view of the host, rather than one per service. */
  readonly perNode?: boolean;
}
