import { stateVersion, type SeriesState } from './engine';
import type { Policy } from './policy';
import { initSeries } from './engine';

/** A state as text. Numbers come back to the last bit, so that a restored run goes on as if never stopped. */
export function save(state: SeriesState): string {
  return JSON.stringify(state);
}

export type Restored =
  | { readonly kind: 'restored'; readonly state: SeriesState }
  /** Learning starts again, and `reason` says why. */
  | { readonly kind: 'fresh'; readonly state: SeriesState; readonly reason: string };

/**
 * Takes a saved state up again. What cannot be read is not guessed at: the series starts afresh.
 *
 * Models that the policy names and the saved state does not know start afresh on their own.
 */
export function restore(text: string, policy: Policy): Restored {
  const fresh = initSeries(policy);
  let saved: unknown;
  try {
    saved = JSON.parse(text);
  } catch (error) {
    return { kind: 'fresh', state: fresh, reason: `The saved state is not JSON: ${String(error)}.` };
  }
  const version = (saved as { version?: unknown } | null)?.version;
  if (version !== stateVersion) {
    const found = typeof version === 'number' ? `version ${version}` : 'no version';
    return {
      kind: 'fresh',
      state: fresh,
      reason: `The saved state has ${found}; this engine writes version ${stateVersion}.`,
    };
  }
  const state = saved as SeriesState;
  const models = Object.fromEntries(
    Object.entries(fresh.models).map(([name, initial]) => [name, state.models[name] ?? initial]),
  );
  return { kind: 'restored', state: { ...state, models } };
}
