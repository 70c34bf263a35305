/**
 * What every nginx in front of the chat servers is given, wherever it runs. What reads its log and what judges its
 * connections go by the same values, so that neither can drift from the configuration.
 */
export const gateway = {
  /** One: a limit that two share is reached by one of them first. More is more instances of nginx. */
  workers: 1,
  /** `worker_connections`: connections of clients and connections to chat servers together. */
  connectionsPerWorker: 16_384,
} as const;

/** Handles a worker may open: its connections, and what it needs besides. */
export const handlesPerWorker = gateway.connectionsPerWorker + 1_024;

/** How many clients one nginx carries: each takes a connection of its own and a second one to a chat server. */
export const clientsPerGateway = (gateway.workers * gateway.connectionsPerWorker) / 2;

/**
 * The format of the access log that nginx-log-exporter reads. Names are short, because a datagram is; `escape=json`
 * keeps whatever a client sends from breaking the line.
 */
export const accessLogFormat =
  `log_format metrics escape=json ` +
  `'{"s":"$status","t":"$request_time","u":"$upstream_status","a":"$upstream_addr","w":"$http_upgrade"}';`;

/**
 * The directive that sends the access log to nginx-log-exporter.
 *
 * @param address `host:port` of its syslog, by UDP: nginx never waits for whoever counts its requests
 */
export function accessLogTo(address: string): string {
  return `access_log syslog:server=${address},nohostname metrics;`;
}
