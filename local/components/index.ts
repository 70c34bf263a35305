import type { Compression } from '../compress';
import { alertmanagerComponent } from './alertmanager';
import { chat1, chat2, webhook } from './chatroom';
import type { Component } from './component';
import { deadMansSwitchComponent } from './dead-mans-switch';
import { nginxExporter, nginxLogExporter, nodeExporter, postgresExporter, redisExporter } from './exporters';
import { grafana, grafanaInstalled } from './grafana';
import { mail } from './mail';
import { nginx } from './nginx';
import { postgresql } from './postgresql';
import { prometheusComponent } from './prometheus';
import { redis } from './redis';
import { slack } from './slack';

/** Every component, in the order in which people read about them. */
const always = [
  postgresql,
  redis,
  chat1,
  chat2,
  nginx,
  webhook,
  nodeExporter,
  postgresExporter,
  redisExporter,
  nginxExporter,
  nginxLogExporter,
  mail,
  slack,
] as const;

export type ComponentName =
  (typeof always)[number]['name'] | 'dead-mans-switch' | 'alertmanager' | 'prometheus' | 'grafana';

/** What runs on this machine. */
export function components(compression: Compression): readonly Component<ComponentName>[] {
  return [
    ...always,
    deadMansSwitchComponent(compression),
    alertmanagerComponent(compression),
    prometheusComponent(compression),
    ...(grafanaInstalled() ? [grafana] : []),
  ];
}
