/**
 * Tries connections of the chat room in the current cluster: some that exist, and some that network policies must not
 * let through. Run it when everything of `dist/k8s/dev` is ready; ends with an error when one is not as it should be.
 */
import { execFileSync } from 'node:child_process';
import { images } from '../../constructs/images';

const kubectl = (...args: readonly string[]) => execFileSync('kubectl', [...args], { encoding: 'utf8' });

/** Says `open` when somebody accepts, `no answer` when nobody says anything, else the error. */
const attempt = `
  const socket = require('node:net').connect({ host: process.argv[1], port: Number(process.argv[2]) });
  const say = (outcome) => { console.log(outcome); process.exit(0); };
  socket.on('connect', () => say('open')).on('error', ({ code }) => say(code));
  setTimeout(() => say('no answer'), 5000);`;

/** A pod that belongs to nothing here, in a namespace that is not ours. */
const stranger = { namespace: 'default', pod: 'pod/stranger' };
const server = { namespace: 'chatroom', pod: 'deployment/chatroom-server' };

/** A name that is not found, or a port that nobody listens on, is no policy that holds: only silence is. */
const expected = [
  { from: server, host: 'postgresql.chatroom.svc', port: 5432, outcome: 'open' },
  { from: stranger, host: 'nginx.chatroom.svc', port: 80, outcome: 'open' },
  { from: stranger, host: 'postgresql.chatroom.svc', port: 5432, outcome: 'no answer' },
  { from: stranger, host: 'grafana.monitoring.svc', port: 3000, outcome: 'open' },
  { from: stranger, host: 'prometheus.monitoring.svc', port: 9090, outcome: 'no answer' },
  { from: server, host: 'prometheus.monitoring.svc', port: 9090, outcome: 'no answer' },
  { from: server, host: 'postgres-exporter.chatroom.svc', port: 9187, outcome: 'no answer' },
] as const;

function main(): number {
  const idle = ['--command', '--', 'node', '-e', 'setInterval(() => undefined, 1e6)'];
  const { namespace } = stranger;
  kubectl('run', 'stranger', '-n', namespace, `--image=${images.chatroom}`, ...idle);
  try {
    kubectl('wait', '-n', namespace, '--for=condition=Ready', stranger.pod, '--timeout=120s');
    let wrong = 0;
    for (const { from, host, port, outcome } of expected) {
      const target = [host, String(port)];
      const found = kubectl('exec', '-n', from.namespace, from.pod, '--', 'node', '-e', attempt, ...target);
      const right = found.trim() === outcome;
      if (!right) wrong += 1;
      const line = `${from.namespace}/${from.pod} to ${host}:${port}: ${found.trim()}`;
      process.stdout.write(`${line}${right ? '' : `, and should be: ${outcome}`}\n`);
    }
    return wrong === 0 ? 0 : 1;
  } finally {
    kubectl('delete', stranger.pod, '-n', namespace, '--wait=false');
  }
}

process.exitCode = main();
