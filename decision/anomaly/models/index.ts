import type { AnyModel } from '../model';

import { forecast } from './forecast';
import { frozen } from './frozen';
import { leak } from './leak';
import { level } from './level';
import { lull } from './lull';
import { missing } from './missing';
import { recent } from './recent';
import { daily, weekly } from './season';
import { shape } from './shape';
import { smooth } from './smooth';
import { spread } from './spread';
import { zero } from './zero';

/** Every model there is, in the order in which they are run and told of. */
export const models: readonly AnyModel[] = [
  level,
  recent,
  smooth,
  leak,
  spread,
  forecast,
  daily,
  weekly,
  shape,
  lull,
  zero,
  frozen,
  missing,
];
