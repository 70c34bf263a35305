import { rmSync } from 'node:fs';
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
  // Mails of an earlier start answer to alerts that nobody remembers.
  prepare: (site) => rmSync(site.path('mail'), { recursive: true, force: true }),
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
      // It keeps mails in a folder of one fixed name below this; two users of a machine would get in each other's way.
      TMPDIR: site.folder('mail'),
      MAILDEV_INCOMING_USER: standaloneEnvironment.notifications.mail.authentication?.username ?? '',
      MAILDEV_INCOMING_PASS: site.secrets.read('smtp-password'),
    },
  }),
  ready: (site) => answers(site.url('mail', '/api/healthz')),
  look: (site) => site.url('mail'),
});
