import { createServer, type ServerResponse } from 'node:http';
import { createTransport } from 'nodemailer';
import { heartbeatPath } from '../heartbeat-path';
import { letter, type LetterProps } from './letter';
import { hearing, watch, type SwitchMemory } from './watch';

/**
 * Stands in for the service outside that waits for the heartbeat of the monitoring: when it stays away for longer than
 * allowed, the people on call are mailed, once, and once more when it is back.
 */

/** What is set by the environment: addresses, the account that mails, and the page that says what to do. */
const setting = (name: string): string => {
  const value = process.env[name];
  if (value === undefined || value === '') throw new Error(`${name} is not set; local/components sets it`);
  return value;
};

const letters = JSON.parse(setting('SWITCH_LETTERS')) as LetterProps;
const { allowedMs } = letters;
const post = createTransport({
  host: '127.0.0.1',
  port: Number(setting('SWITCH_SMTP_PORT')),
  ignoreTLS: true,
  auth: { user: setting('SWITCH_SMTP_USER'), pass: setting('SWITCH_SMTP_PASSWORD') },
});
const envelope = { from: setting('SWITCH_MAIL_FROM'), to: setting('SWITCH_MAIL_TO') };

/** After a mail could not be sent. */
const retryMs = 1_000;

let memory: SwitchMemory = { waitingSince: Date.now() };
let timer: NodeJS.Timeout | undefined;
let looking: Promise<void> = Promise.resolve();

/** Looks once all earlier looks are over, so that nobody is told twice. */
function look(): void {
  looking = looking.then(lookNow);
}

async function lookNow(): Promise<void> {
  clearTimeout(timer);
  const now = Date.now();
  const { decision, memory: then, nextLookAt } = watch(memory, now, allowedMs);
  const mail = letter(decision, now, letters);
  try {
    if (mail) await post.sendMail({ ...envelope, ...mail });
    // What was heard while the mail was on its way is not forgotten over it.
    memory = { ...then, ...(memory.heardAt !== undefined && { heardAt: memory.heardAt }) };
    if (mail) process.stdout.write(`${new Date(now).toISOString()} ${mail.subject}\n`);
    if (nextLookAt !== undefined) timer = setTimeout(look, nextLookAt - now);
  } catch (error) {
    process.stderr.write(`the mail could not be sent, and is tried again: ${String(error)}\n`);
    timer = setTimeout(look, retryMs);
  }
}

function answer(method: string, path: string, response: ServerResponse): void {
  switch (`${method} ${path}`) {
    case `POST ${heartbeatPath}`:
      memory = hearing(memory, Date.now());
      look();
      return send(response, 200, 'text/plain', 'ok\n');
    case 'GET /memory':
      return send(response, 200, 'application/json', JSON.stringify(memory));
    case 'GET /':
      return send(response, 200, 'text/plain', page(Date.now()));
    default:
      return send(response, 404, 'text/plain', 'not found\n');
  }
}

function page(now: number): string {
  const { heardAt, silentSince } = memory;
  const seconds = (milliseconds: number): string => `${(milliseconds / 1_000).toFixed(1)} s`;
  return [
    heardAt === undefined
      ? `No heartbeat yet, for ${seconds(now - memory.waitingSince)}.`
      : `The last heartbeat was ${seconds(now - heardAt)} ago, at ${new Date(heardAt).toISOString()}.`,
    `After ${seconds(allowedMs)} without one ${envelope.to} is mailed.`,
    silentSince === undefined ? '' : `It was, about a silence since ${new Date(silentSince).toISOString()}.`,
    '',
  ].join('\n');
}

function send(response: ServerResponse, status: number, type: string, body: string): void {
  response.writeHead(status, { 'content-type': `${type}; charset=utf-8`, 'cache-control': 'no-store' });
  response.end(body);
}

const server = createServer((request, response) => {
  request.resume();
  answer(request.method ?? '', new URL(request.url ?? '/', 'http://localhost').pathname, response);
});
server.listen(Number(setting('PORT')), '127.0.0.1');
look();
process.once('SIGTERM', () => {
  clearTimeout(timer);
  post.close();
  server.close();
  server.closeAllConnections();
});
