/** The command that runs a bench again exactly as it was run now. */
export function commandOf(name: string, args: readonly string[] = process.argv.slice(2)): string {
  return ['npm run', `bench:${name}`, ...(args.length > 0 ? ['--', ...args] : [])].join(' ');
}
