import { join } from 'node:path';
import { standaloneEnvironment } from '../documents';
import { checkout } from '../site';
import { answers } from '../supervisor/probes';
import { component } from './component';

/** Catches every mail instead of delivering it, and asks for the user name and password as a real server would. */
export const mail = component({
  name: 'mail',
  title: 'mail catcher (MailDev)',
  ports: ['smtp', 'mail'],
  command: (site) => ({
    program: process.execPath,
    args: [
      join(checkout, 'node_modules', 'maildev', 'dist', 'bin', 'maildev.js'),
      ...['--ip', '127.0.0.1', '--smtp', String(site.ports.smtp)],
      ...['--web-ip', '127.0.0.1', '--web', String(site.ports.mail)],
      ...['--max-emails', '1000'],
    ],
    cwd: site.folder('mail'),
    env: {
      MAILDEV_INCOMING_USER: standaloneEnvironment.notifications.mail.authentication?.username ?? '',
      MAILDEV_INCOMING_PASS: site.secrets.read('smtp-password'),
    },
  }),
  ready: (site) => answers(site.url('mail', '/api/healthz')),
  look: (site) => site.url('mail'),
});
