import type { Check } from './problem';

/** Nothing wrong in nothing looked at: an empty catalogue is a broken one. */
export const somethingToCheck: Check = (catalogue) =>
  [
    { what: 'alerts', count: catalogue.alerts.flatMap((group) => group.alerts).length },
    { what: 'recordings', count: catalogue.recordings.flatMap((group) => group.recordings).length },
    { what: 'jobs', count: catalogue.jobs.length },
    { what: 'receivers', count: catalogue.receivers.length },
    { what: 'boards', count: catalogue.boards.length },
  ]
    .filter(({ count }) => count === 0)
    .map(({ what }) => ({
      check: 'something-to-check',
      subject: what,
      message: `the catalogue holds no ${what} at all; a list has come loose in monitoring/`,
    }));
