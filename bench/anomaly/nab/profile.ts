/** What one outcome is worth. All three are positive amounts: one is earned, two are paid. */
export interface Profile {
  readonly name: 'standard' | 'reward_low_FP_rate' | 'reward_low_FN_rate';
  /** Earned by an alarm on the first record of a window (`A`). */
  readonly caught: number;
  /** Paid for a window without any alarm (`B`). */
  readonly missed: number;
  /** Paid in full for an alarm far from every window (`C`). */
  readonly falseAlarm: number;
}

/** The three application profiles of NAB v1.1. */
export const profiles: readonly Profile[] = [
  { name: 'standard', caught: 1, missed: 1, falseAlarm: 0.11 },
  { name: 'reward_low_FP_rate', caught: 1, missed: 1, falseAlarm: 0.22 },
  { name: 'reward_low_FN_rate', caught: 1, missed: 2, falseAlarm: 0.11 },
];
