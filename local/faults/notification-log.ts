import { existsSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { fault } from './fault';

export const notificationLog = fault({
  name: 'notification-log',
  does: 'puts a file where Alertmanager keeps whom it has told',
  alerts: ['AlertmanagerNotificationLogNotKept'],
  inject: async ({ site, defer }) => {
    const data = site.path('alertmanager', 'data');
    const aside = site.path('alertmanager', 'data.aside');
    renameSync(data, aside);
    writeFileSync(data, '');
    const restore = async (): Promise<void> => {
      if (!existsSync(aside)) return;
      rmSync(data, { recursive: true, force: true });
      renameSync(aside, data);
    };
    defer(restore);
    return restore;
  },
});
