import { nabFolder, nabIsPresent } from '../../../../bench/anomaly/nab/series';

/**
 * A suite over the NAB series, which are not part of the repository. Where they are missing it is skipped and says
 * so; in CI that is a failure.
 */
export function describeOverNab(name: string, suite: () => void): void {
  if (nabIsPresent() || process.env.CI === 'true') {
    describe(name, suite);
    return;
  }
  process.stdout.write(`The NAB series are not at ${nabFolder()}: "${name}" does not run. Set NAB_DATA.\n`);
  describe.skip(name, suite);
}
