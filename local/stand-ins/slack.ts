import { readFile } from 'node:fs/promises';
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import { join } from 'node:path';
import { checkout } from '../site';
import { postedMessage, type SlackMessage } from './slack-message';
import { slackPath } from './slack-path';
import { slackPage } from './slack-page';

/**
 * Stands in for Slack: takes what Alertmanager posts to an incoming webhook, shows it on a page and gives it
 * out as JSON at /messages. It also serves the runbooks that notifications link to.
 */

const kept = 500;
const messages: SlackMessage[] = [];

async function answer(request: IncomingMessage, response: ServerResponse): Promise<void> {
  const { pathname } = new URL(request.url ?? '/', 'http://localhost');
  switch (`${request.method} ${pathname}`) {
    case `POST ${slackPath}`:
      return receive(request, response);
    case 'GET /messages':
      return send(response, 200, 'application/json', JSON.stringify(messages));
    case 'GET /':
      return send(response, 200, 'text/html', slackPage(messages));
  }
  const runbook = /^\/runbooks\/(\w+\.md)$/.exec(pathname)?.[1];
  if (!runbook) return send(response, 404, 'text/plain', 'not found\n');
  try {
    const text = await readFile(join(checkout, 'docs', 'runbooks', runbook), 'utf8');
    return send(response, 200, 'text/plain', text);
  } catch {
    return send(response, 404, 'text/plain', `there is no runbook ${runbook}\n`);
  }
}

async function receive(request: IncomingMessage, response: ServerResponse): Promise<void> {
  const chunks: Buffer[] = [];
  for await (const chunk of request) chunks.push(chunk as Buffer);
  let body: unknown;
  try {
    body = JSON.parse(Buffer.concat(chunks).toString('utf8'));
  } catch {
    body = undefined;
  }
  const message = postedMessage.safeParse(body);
  // Slack's own words, so that a mistake reads here as it would there.
  if (!message.success) return send(response, 400, 'text/plain', 'invalid_payload');
  messages.unshift({ ...message.data, receivedAt: new Date().toISOString() });
  messages.length = Math.min(messages.length, kept);
  return send(response, 200, 'text/plain', 'ok');
}

function send(response: ServerResponse, status: number, type: string, body: string): void {
  response.writeHead(status, { 'content-type': `${type}; charset=utf-8`, 'cache-control': 'no-store' });
  response.end(body);
}

const server = createServer((request, response) => {
  answer(request, response).catch((error: unknown) => {
    process.stderr.write(`${String(error)}\n`);
    response.destroy();
  });
});
server.listen(Number(process.env['PORT']), '127.0.0.1');
process.once('SIGTERM', () => {
  server.close();
  server.closeAllConnections();
});
