import { up } from '../../metrics/target';
import { promql, series } from '../../model/promql';

/** Alerts are absent when nothing fires, and also when nobody evaluates them: this tells one from the other. */
export const whilePrometheusAnswers = promql`count(${series(up, { job: 'prometheus' })})`;
