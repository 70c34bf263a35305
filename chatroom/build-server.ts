import type { FastifyInstance } from 'fastify';
import type { Logger } from 'pino';
import { Backbone, channelName } from './backbone';
import { closeApp, createApp } from './http/app';
import { serveApi } from './http/api';
import { answerFailures } from './http/fail';
import { serveFaults } from './http/faults';
import { measure } from './http/measure';
import { serveOperations } from './http/operations';
import { servePage } from './http/page';
import { watchReadiness, type ReadinessWatch } from './http/readiness';
import { trace } from './http/trace';
import { countedRoutes } from './http/route-list';
import { ServerMetrics } from './metrics/server-metrics';
import { Announcer } from './presence/announcer';
import { expireAfterMs, Gossip } from './presence/gossip';
import { Roster } from './presence/roster';
import { webSocketPath } from './protocol/frames';
import { History } from './rooms/history';
import { Hub } from './rooms/hub';
import type { ServerSettings } from './settings';
import { readMessages, type ReadHistory } from './storage/message-reader';
import { Conversation } from './websocket/conversation';
import { Gateway } from './websocket/gateway';

export interface ChatServer {
  readonly app: FastifyInstance;
  readonly metrics: ServerMetrics;
  /** Starts listening and resolves with the address; PostgreSQL and Redis may come later. */
  start(): Promise<string>;
  /** Sends clients elsewhere, finishes what was begun, and lets go of everything. */
  stop(): Promise<void>;
}

/** Orders of /faults are the only bodies that the server reads. */
const bodyLimit = 65_536;

/** Puts a chat server together without starting it. */
export function buildServer(settings: ServerSettings, log: Logger): ChatServer {
  const { replica } = settings;
  const metrics = new ServerMetrics(countedRoutes);
  let draining = false;

  const hub = new Hub((member, present) => gossip.changed(member, present));
  const announcer = new Announcer({
    broadcast: hub.broadcast,
    count: (room) => roster.count(room),
  });
  const roster = new Roster((change) => announcer.note(change));
  const gossip = new Gossip({
    replica,
    channel: channelName(settings.redisPrefix, 'presence'),
    roster,
    // It may have died between storing a message and telling us.
    silent: () => backbone.relay.catchUp(expireAfterMs / 500),
  });
  const backbone: Backbone = new Backbone({
    settings,
    replica,
    log,
    countException: metrics.exception,
    broadcast: hub.broadcast,
    delivered: metrics.delivered,
    relayed: metrics.relayed,
    rooms: () => hub.rooms(),
    channels: { [channelName(settings.redisPrefix, 'presence')]: gossip.receive },
  });
  gossip.attach(backbone.link);
  const readHistory: ReadHistory = (query) =>
    metrics.timedHistory(() => readMessages(backbone.postgres, query));

  const { heartbeatSeconds, maxFrameBytes, framesPerSecond, frameBurst, maxConnections, maxBufferedBytes } =
    settings;
  const conversation = new Conversation({
    replica,
    heartbeatSeconds,
    maxFrameBytes,
    framesPerSecond,
    frameBurst,
    hub,
    roster,
    history: new History((room, limit) => readHistory({ room, limit })),
    store: backbone.store,
    log,
    countException: metrics.exception,
    countMessage: metrics.message,
    countRefusal: metrics.refused,
    introduced: ({ name }) => metrics.introduced(name),
  });
  const gateway = new Gateway({
    conversation,
    log,
    maxConnections,
    maxFrameBytes,
    maxBufferedBytes,
    framesPerSecond,
    frameBurst,
    heartbeatSeconds,
    countException: metrics.exception,
    opened: () => metrics.opened(),
    closed: ({ name }, reason) => metrics.closed(name, reason),
    upgraded: (status, seconds) => metrics.request('GET', webSocketPath, status, seconds),
  });

  const app = createApp(log, bodyLimit);
  trace(app);
  measure(app, (method, path, status, seconds) => metrics.request(method, path, status, seconds));
  answerFailures(app, metrics.exception);
  const checks = {
    ...backbone.checks,
    server: async () => {
      if (draining) throw new Error('shutting down');
    },
  };
  serveOperations(app, { registry: metrics.registry, checks });
  let readiness: ReadinessWatch | undefined;
  if (settings.faults === '1') serveFaults(app, log);
  serveApi(app, { postgres: backbone.postgres, roster, readHistory });
  servePage(app);
  app.server.on('upgrade', gateway.upgrade);

  return {
    app,
    metrics,
    async start() {
      backbone.start();
      readiness = watchReadiness(checks, metrics.readiness);
      for (const event of ['up', 'down'] as const) backbone.link.on(event, readiness.look);
      return app.listen({ host: settings.host, port: settings.port });
    },
    async stop() {
      draining = true;
      readiness?.stop();
      metrics.drains(() => gateway.overdue);
      log.info({ connections: gateway.connections }, 'draining: clients are asked to connect elsewhere');
      await gateway.drain(settings.drainSeconds);
      // Requests first: what is still being answered needs the backbone.
      await closeApp(app);
      await gossip.close();
      await backbone.close();
    },
  };
}
