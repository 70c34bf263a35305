import { alerts } from './alerts';
import { hosts } from './hosts';
import { nginx } from './nginx';
import { nodejs } from './nodejs';
import { overview } from './overview';
import type { BoardPlan } from './plan';
import { postgresql } from './postgresql';
import { redis } from './redis';
import { service } from './service';
import { watching } from './watching';

/** Every board there is. A new one is one folder and one line here. */
export const plans: readonly BoardPlan[] = [
  overview,
  service,
  postgresql,
  redis,
  nginx,
  hosts,
  nodejs,
  watching,
  alerts,
];
