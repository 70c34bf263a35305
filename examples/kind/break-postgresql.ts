/**
 * Takes PostgreSQL away from the chat room in the current cluster, waits until the page has come by mail, and gives it
 * back. Run it after `kubectl apply --server-side -f dist/k8s/dev`; ends with an error when no page comes in time.
 */
import { execFileSync, spawn } from 'node:child_process';

const kubectl = (...args: readonly string[]) => execFileSync('kubectl', [...args], { encoding: 'utf8' });
const say = (line: string) => process.stdout.write(`${new Date().toISOString().slice(11, 19)} ${line}\n`);

interface Mails {
  readonly messages: readonly {
    readonly Subject: string;
    readonly To: readonly { readonly Address: string }[];
  }[];
}

/** Asks every two seconds, for at most some minutes. */
async function until<T>(what: string, minutes: number, ask: () => Promise<T | undefined>): Promise<T> {
  const deadline = Date.now() + minutes * 60_000;
  for (;;) {
    const answer = await ask().catch(() => undefined);
    if (answer !== undefined) return answer;
    if (Date.now() > deadline) throw new Error(`waited ${minutes} minutes for ${what}`);
    await new Promise((resolve) => setTimeout(resolve, 2000));
  }
}

async function main(): Promise<void> {
  const forward = spawn(
    'kubectl',
    ['port-forward', '-n', 'monitoring', 'service/mail-catcher', '18025:8025'],
    {
      stdio: 'ignore',
    },
  );
  try {
    const mails = async (): Promise<Mails> =>
      (await fetch('http://127.0.0.1:18025/api/v1/messages?limit=200')).json() as Promise<Mails>;
    const about = async (status: RegExp) =>
      (await mails()).messages.find(
        ({ Subject, To }) =>
          status.test(Subject) &&
          Subject.includes('PostgreSQL') &&
          To.some(({ Address }) => Address.startsWith('critical@')),
      );
    await until('the mail catcher', 1, mails);
    const started = Date.now();
    kubectl('scale', '-n', 'chatroom', 'statefulset/postgresql', '--replicas=0');
    say('PostgreSQL is gone');
    const page = await until('the page', 6, () => about(/告警|FIRING/));
    say(`the page came after ${Math.round((Date.now() - started) / 1000)} s: ${page.Subject}`);
    kubectl('scale', '-n', 'chatroom', 'statefulset/postgresql', '--replicas=1');
    say('PostgreSQL is coming back');
    const over = await until('the all-clear', 8, () => about(/恢复|RESOLVED/));
    say(`the all-clear came: ${over.Subject}`);
  } finally {
    kubectl('scale', '-n', 'chatroom', 'statefulset/postgresql', '--replicas=1');
    forward.kill();
  }
}

main().catch((failure: unknown) => {
  process.stderr.write(`${failure instanceof Error ? failure.message : String(failure)}\n`);
  process.exit(1);
});
