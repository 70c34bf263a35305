import { imagesArePinned } from './images-are-pinned';
import { nameOf, type Check, type Manifest } from './manifest';
import { monitorsFindServices } from './monitors-find-services';
import { namesAreUnique } from './names-are-unique';
import { noSecretValues } from './no-secret-values';
import { referencesExist } from './references-exist';
import { routesLeadToReceivers } from './routes-lead-to-receivers';
import { rulesParse } from './rules-parse';
import { selectorsSelect } from './selectors-select';
import { servicesReachPods } from './services-reach-pods';

/** What an API server accepts and what nevertheless does not work, in the order in which it is reported. */
export const checks: readonly Check[] = [
  namesAreUnique,
  noSecretValues,
  imagesArePinned,
  referencesExist,
  selectorsSelect,
  servicesReachPods,
  monitorsFindServices,
  routesLeadToReceivers,
  rulesParse,
];

/** Objects that would be accepted, and would not do what they are for. */
export class BrokenManifestsError extends Error {
  override readonly name = 'BrokenManifestsError';

  constructor(readonly problems: readonly string[]) {
    super(
      `these objects would be accepted and would not work:\n${problems.map((line) => `  - ${line}`).join('\n')}`,
    );
  }
}

/** Every problem of the objects of one environment, one line each: `Kind namespace/name: what is wrong`. */
export function problemsOf(objects: readonly Manifest[]): readonly string[] {
  // An environment without objects is a generator that lost them.
  if (objects.length === 0) return ['nothing was generated'];
  return checks.flatMap((check) =>
    check(objects).map(({ object, message }) => `${nameOf(object)}: ${message}`),
  );
}

/** @throws BrokenManifestsError naming every object that would not work. */
export function assertWorking(objects: readonly Manifest[]): void {
  const problems = problemsOf(objects);
  if (problems.length > 0) throw new BrokenManifestsError(problems);
}
