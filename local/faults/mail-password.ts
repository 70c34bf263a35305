import { fault } from './fault';

export const mailPassword = fault({
  name: 'mail-password',
  does: 'gives Alertmanager a wrong password for mail while something fires',
  // Somebody has to be told of something before it shows that they cannot be.
  alerts: ['HighMemoryUsage', 'AlertmanagerNotificationsFailing'],
  cutsOff: 'email',
  inject: async (stack) => {
    const { secrets } = stack.site;
    const right = secrets.read('smtp-password');
    const mend = async (): Promise<void> => void secrets.write('smtp-password', right);
    stack.defer(mend);
    secrets.write('smtp-password', 'changed yesterday');
    const restore = await stack.retune({ HighMemoryUsage: { threshold: 0 } });
    return async () => {
      await mend();
      await restore();
    };
  },
});
