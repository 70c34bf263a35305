/** Where the dead man's switch takes heartbeats, which outside of this machine would be another service. */
export const heartbeatPath = '/heartbeat';
