import type { SlackMessage } from './slack-message';

/** What arrived, newest first, in the manner of a channel. Reloads itself. */
export function slackPage(messages: readonly SlackMessage[]): string {
  return `<!doctype html>
<html lang="en">
<meta charset="utf-8">
<meta http-equiv="refresh" content="2">
<title>Slack stand-in</title>
<style>
  body { font: 15px/1.5 system-ui, sans-serif; max-width: 50rem; margin: 2rem auto; padding: 0 1rem; color: #1d1c1d; }
  article { border-left: 4px solid #ddd; padding: .2rem .8rem; margin: 1rem 0; white-space: pre-wrap; }
  h2 { font-size: 1rem; margin: 0; } time, .channel { color: #616061; font-size: .85rem; }
</style>
<h1>Slack stand-in</h1>
<p class="channel">${messages.length === 0 ? 'Nothing has arrived yet.' : `${messages.length} message(s), newest first.`}</p>
${messages.map(article).join('\n')}
</html>
`;
}

function article(message: SlackMessage): string {
  const parts = message.attachments.map(
    ({ title, title_link: link, text }) =>
      `<h2>${link ? `<a href="${escape(link)}">${escape(title)}</a>` : escape(title)}</h2>${paragraphs(text)}`,
  );
  const color = colors[message.attachments[0]?.color ?? ''] ?? message.attachments[0]?.color ?? '';
  return `<article style="border-color: ${escape(color)}"><span class="channel">${escape(message.channel)}</span> <time>${escape(message.receivedAt)}</time>
${paragraphs(message.text)}${parts.join('\n')}</article>`;
}

/** The names that Slack has for colours of attachments. */
const colors: Readonly<Record<string, string>> = { good: '#2eb886', warning: '#daa038', danger: '#a30200' };

/** Slack's mark-up, as far as alerts use it: bold, and links with a text. */
function paragraphs(text: string): string {
  return escape(text)
    .replace(/\*([^*\n]+)\*/g, '<strong>$1</strong>')
    .replace(/&lt;(https?:[^|\s]+?)\|([^\n]+?)&gt;/g, '<a href="$1">$2</a>');
}

function escape(text: string): string {
  const entities: Readonly<Record<string, string>> = {
    '&': '&amp;',
    '<': '&lt;',
    '>': '&gt;',
    '"': '&quot;',
  };
  return text.replace(/[&<>"]/g, (character) => entities[character] ?? character);
}
