/** How to start one program. */
export interface Command {
  /** Absolute path. */
  readonly program: string;
  readonly args: readonly string[];
  /** Added to PATH, LANG and the time zone; nothing else is handed down. @default - nothing */
  readonly env?: Readonly<Record<string, string>>;
  /** @default - the folder of this process */
  readonly cwd?: string;
  /** Who it runs as, by number. @default - the user of this process */
  readonly user?: { readonly uid: number; readonly gid: number };
}

/** What a child inherits: enough to run, and none of the settings of whoever started us. */
export function environmentOf(command: Command): NodeJS.ProcessEnv {
  const inherited = ['PATH', 'LANG', 'LC_ALL', 'TZ', 'TMPDIR', 'HOME'].flatMap((name) => {
    const value = process.env[name];
    return value === undefined ? [] : [[name, value] as const];
  });
  return { ...Object.fromEntries(inherited), ...command.env };
}
