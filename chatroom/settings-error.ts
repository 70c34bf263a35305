export interface SettingsProblem {
  readonly field: string;
  readonly value: string;
  readonly remedy: string;
}

/** The environment holds values that this process cannot start with. */
export class SettingsError extends Error {
  override readonly name = 'SettingsError';

  constructor(readonly problems: readonly SettingsProblem[]) {
    super(problems.map(({ field, value, remedy }) => `${field} is ${value}: ${remedy}`).join('\n'));
  }
}
