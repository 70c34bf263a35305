import { dependencies } from '../dependencies';
import type { Inhibition } from '../model/route';
import type { AlertName } from '../rules';

/**
 * Causes mute their consequences, so that a page names what is broken and not everything that hangs on it. What
 * follows from what is stated in one place, for this and for the ranking of causes.
 */
export const inhibitions: readonly Inhibition<AlertName>[] = dependencies.map(
  ({ causes, consequences, share, present }) => ({
    causes,
    consequences,
    equal: share,
    ...(present && { present }),
  }),
);
