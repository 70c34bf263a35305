import type { Check } from './problem';

const han = /\p{Script=Han}/u;

/** Everybody reads an alert in their own language: both are there, and neither is a copy of the other. */
export const bothLanguages: Check = (catalogue) =>
  catalogue.alerts
    .flatMap((group) => group.alerts)
    .flatMap((alert) =>
      Object.entries({ summary: alert.summary, description: alert.description })
        .flatMap(([field, { zh, en }]) => [
          ...(han.test(zh) ? [] : [`${field}.zh is not Chinese: "${zh}"; say it in Chinese`]),
          ...(en.trim() !== '' && !han.test(en)
            ? []
            : [`${field}.en is not English: "${en}"; say it in English`]),
        ])
        .map((message) => ({ check: 'both-languages', subject: `alert ${alert.name}`, message })),
    );
