import { mails } from './observe/mails';
import { roomMessages } from './observe/room-messages';
import { slackMessages } from './observe/slack-messages';
import type { Site } from './site';

const everyMilliseconds = 1_000;

/** Says what reaches people as it arrives: mails, Slack, and the room #ops. Returns how to stop it. */
export function watchInboxes(site: Site, say: (line: string) => void): () => void {
  let stopped = false;
  const inboxes = [
    async () => (await mails(site)).map(({ to, subject }) => `mail to ${to.join(', ')}: ${subject}`),
    async () =>
      (await slackMessages(site)).map(
        ({ channel, attachments: [first] }) => `Slack ${channel}: ${first?.title ?? ''}`,
      ),
    async () =>
      (await roomMessages(site, 'ops')).map(({ seq, text }) => ({
        seq,
        line: `#ops: ${text.split('\n')[0]}`,
      })),
  ] as const;
  const watch = async (
    read: () => Promise<readonly (string | { seq: number; line: string })[]>,
  ): Promise<void> => {
    // What is there already is history. Rooms keep it between starts, and give out only the latest of it.
    let seen: number | undefined;
    while (!stopped) {
      try {
        const items = await read();
        const numbered = items.map((item, index) =>
          typeof item === 'string' ? { seq: index + 1, line: item } : item,
        );
        for (const { seq, line } of numbered) if (seen !== undefined && seq > seen) say(line);
        seen = Math.max(seen ?? 0, ...numbered.map(({ seq }) => seq));
      } catch {
        // Whoever is broken on purpose does not answer; what it has is read when it is back.
      }
      await new Promise((resolve) => setTimeout(resolve, everyMilliseconds).unref());
    }
  };
  inboxes.forEach((read) => void watch(read));
  return () => (stopped = true);
}
