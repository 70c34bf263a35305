/**
 * Takes PostgreSQL away from the chat room in the current cluster, waits until the page has come by mail, and gives it
 * back. Run it after `kubectl apply --server-side -f dist/k8s/dev`; ends with an error when no page comes in time.
 */
import { execFileSync, spawn } from 'node:child_process';

const kubectl = (...args: readonly string[]) => execFileSync('kubectl', [...args], { encoding: 'utf8' });
const say = (line: string) => process.stdout.write(`${new Date().toISOString().slice(11, 19)} ${line}\n`);

interface Mail {
  readonly ID: string;
  readonly Subject: string;
  readonly To: readonly { readonly Address: string }[];
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

/** A way from here to the mail catcher, at a port that is free, and what ends it. */
async function forwarded(): Promise<{ readonly address: string; readonly end: () => void }> {
  const forward = spawn('kubectl', ['port-forward', '-n', 'monitoring', 'service/mail-catcher', ':8025'], {
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  const port = await new Promise<string>((resolve, reject) => {
    let said = '';
    forward.stdout.on('data', (text: Buffer) => {
      said += text.toString();
      const [, found] = /127\.0\.0\.1:(\d+) ->/.exec(said) ?? [];
      if (found) resolve(found);
    });
    forward.once('error', reject);
    forward.once('exit', (code) => reject(new Error(`kubectl port-forward ended with ${code}: ${said}`)));
  });
  return { address: `http://127.0.0.1:${port}`, end: () => forward.kill() };
}

async function main(): Promise<void> {
  const { address, end } = await forwarded();
  const mails = async (): Promise<readonly Mail[]> => {
    const { messages } = (await (await fetch(`${address}/api/v1/messages?limit=200`)).json()) as {
      readonly messages: readonly Mail[];
    };
    return messages;
  };
  try {
    // A page may have come while everything started; it is not the one that is waited for.
    const before = new Set((await until('the mail catcher', 1, mails)).map(({ ID }) => ID));
    const about = async (status: RegExp) =>
      (await mails()).find(
        ({ ID, Subject, To }) =>
          !before.has(ID) &&
          status.test(Subject) &&
          Subject.includes('PostgreSQL') &&
          To.some(({ Address }) => Address.startsWith('critical@')),
      );
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
    end();
  }
}

main().catch((failure: unknown) => {
  process.stderr.write(`${failure instanceof Error ? failure.message : String(failure)}\n`);
  process.exit(1);
});
