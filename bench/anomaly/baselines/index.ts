import type { AnyModel } from '../../../decision/anomaly';
import { ewma } from './ewma';
import { holtWinters } from './holt-winters';
import { rollingZ } from './rolling-z';
import { seasonalQuantile } from './seasonal-quantile';
import { windowedGaussian } from './windowed-gaussian';

/** What people use today, in the order of the comparison. */
export const baselines: readonly AnyModel[] = [
  rollingZ,
  windowedGaussian,
  ewma,
  holtWinters,
  seasonalQuantile,
];
