import { createHash } from 'node:crypto';
import { readdirSync, readFileSync } from 'node:fs';
import { extname, join } from 'node:path';
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import { assetFolder } from '../assets';

const contentTypes: Readonly<Record<string, string>> = {
  '.html': 'text/html; charset=utf-8',
  '.css': 'text/css; charset=utf-8',
  '.mjs': 'text/javascript; charset=utf-8',
  '.svg': 'image/svg+xml',
};

interface Asset {
  readonly body: Buffer;
  readonly type: string;
  readonly etag: string;
}

// No inline script, no foreign origin: text that somebody smuggled into a message cannot run.
const securityHeaders = {
  'content-security-policy':
    "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self'; connect-src 'self' ws: wss:; base-uri 'none'; form-action 'none'; frame-ancestors 'none'",
  'x-content-type-options': 'nosniff',
  'referrer-policy': 'no-referrer',
};

/** Serves the web page out of memory: a handful of small files, read once. */
export function servePage(app: FastifyInstance): void {
  const folder = assetFolder('web');
  const assets = new Map(
    readdirSync(folder).map((name): [string, Asset] => {
      const body = readFileSync(join(folder, name));
      const etag = `"${createHash('sha256').update(body).digest('base64url').slice(0, 22)}"`;
      return [name, { body, etag, type: contentTypes[extname(name)] ?? 'application/octet-stream' }];
    }),
  );

  const answer = (request: FastifyRequest, reply: FastifyReply, name: string) => {
    const asset = assets.get(name);
    if (!asset) return reply.callNotFound();
    reply.headers({ ...securityHeaders, etag: asset.etag, 'cache-control': 'no-cache' });
    if (request.headers['if-none-match'] === asset.etag) return reply.code(304).send();
    return reply.type(asset.type).send(asset.body);
  };

  app.get('/', (request, reply) => answer(request, reply, 'index.html'));
  app.get<{ Params: { file: string } }>('/assets/:file', (request, reply) =>
    answer(request, reply, request.params.file),
  );
}
