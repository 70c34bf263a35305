import { execFile } from 'node:child_process';
import { toolPath } from './locate';

/** What one kubectl call said. */
export interface Answer {
  readonly code: number;
  readonly stdout: string;
  readonly stderr: string;
}

/** Runs kubectl with arguments and, where given, text on its standard input; a refusal is an answer, not a throw. */
export type Kubectl = (args: readonly string[], input?: string) => Promise<Answer>;

/** kubectl for one kubeconfig, never reading the user's own configuration. */
export function kubectl(kubeconfig: string): Kubectl {
  return (args, input) =>
    new Promise((resolve, reject) => {
      const child = execFile(
        toolPath('kubectl'),
        [`--kubeconfig=${kubeconfig}`, ...args],
        { encoding: 'utf8', maxBuffer: 1 << 28, env: { ...process.env, KUBECONFIG: '' } },
        (failure, stdout, stderr) => {
          if (failure && typeof failure.code !== 'number') reject(new Error(`kubectl: ${failure.message}`));
          else resolve({ code: failure ? Number(failure.code) : 0, stdout, stderr });
        },
      );
      child.stdin?.on('error', () => undefined);
      child.stdin?.end(input ?? '');
    });
}

/**
 * Objects of a `kubectl get -o json`, whatever their number.
 * @throws {Error} with what kubectl said when it refused
 */
export async function list<T>(run: Kubectl, args: readonly string[]): Promise<T[]> {
  const { code, stdout, stderr } = await run(['get', ...args, '-o', 'json']);
  if (code !== 0) throw new Error(`kubectl get ${args.join(' ')}: ${stderr.trim()}`);
  const answer = JSON.parse(stdout) as { items?: T[] } & T;
  return answer.items ?? [answer];
}
