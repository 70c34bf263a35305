/* global document */
import { language, say } from './texts.mjs';

/** More than this is not kept on screen; the button for earlier messages brings it back. */
const maxShown = 1_000;

const timeFormat = new Intl.DateTimeFormat(language === 'zh' ? 'zh-CN' : 'en', { timeStyle: 'medium' });

/** What is known of one room, and how it looks: messages in the order of their `seq`, then those on their way. */
export class RoomView {
  /** seq -> message */
  messages = new Map();
  /** id -> message without seq */
  waiting = new Map();
  members = new Set();
  memberCount = 0;
  more = false;

  add(messages) {
    for (const message of messages) {
      this.messages.set(message.seq, message);
      const mine = this.waiting.get(message.id);
      if (mine && mine.author === message.author) this.waiting.delete(message.id);
    }
    if (this.messages.size > maxShown) {
      const oldest = [...this.messages.keys()].sort((one, other) => one - other);
      oldest.slice(0, -maxShown).forEach((seq) => this.messages.delete(seq));
      this.more = true;
    }
  }

  oldest() {
    return this.messages.size === 0 ? undefined : Math.min(...this.messages.keys());
  }

  ordered() {
    const stored = [...this.messages.values()].sort((one, other) => one.seq - other.seq);
    return [...stored, ...this.waiting.values()];
  }
}

const element = (name, properties = {}, ...children) => {
  const made = Object.assign(document.createElement(name), properties);
  made.append(...children);
  return made;
};

/** Text with its links made clickable. Built from nodes: nothing that somebody wrote is read as HTML. */
function linked(text) {
  return text
    .split(/(https?:\/\/[^\s<>"]+)/)
    .map((part, index) =>
      index % 2 === 1
        ? element('a', { href: part, textContent: part, target: '_blank', rel: 'noopener noreferrer' })
        : part,
    );
}

function messageItem(message, retry) {
  const { seq, id, author, kind, text, at, problem } = message;
  const item = element('li');
  item.dataset.kind = kind;
  item.dataset.id = id;
  item.dataset.state = seq !== undefined ? 'stored' : problem ? 'refused' : 'waiting';
  // Names and texts of either direction stay within their own box.
  const head = element('div', {}, element('bdi', { className: 'author', textContent: author }));
  if (kind === 'alert') head.append(element('span', { className: 'badge', textContent: say('alert') }));
  if (at) head.append(element('time', { dateTime: at, textContent: timeFormat.format(new Date(at)) }));
  if (seq === undefined) {
    head.append(
      element('span', {
        className: 'note',
        textContent: problem ? say('refused', { why: problem }) : say('waiting'),
      }),
    );
  }
  if (problem) {
    const again = element('button', { type: 'button', textContent: say('again') });
    again.addEventListener('click', () => retry(message));
    head.append(again);
  }
  const body = element('p', { className: 'text', dir: 'auto' }, ...linked(text));
  item.append(head, body);
  return item;
}

/**
 * Brings the list on screen up to date. Items are reused, so that a screen reader announces only what is new, and the
 * list follows the newest message only for those who are reading there.
 */
export function showMessages(list, view, retry) {
  const atEnd = list.scrollHeight - list.scrollTop - list.clientHeight < 40;
  const present = new Map([...list.children].map((item) => [item.dataset.key, item]));
  const items = view.ordered().map((message) => {
    const key = `${message.seq ?? `waiting-${message.id}`}-${message.problem ?? ''}`;
    const item = present.get(key) ?? messageItem(message, retry);
    item.dataset.key = key;
    return item;
  });
  const wanted = new Set(items);
  for (const item of [...list.children]) if (!wanted.has(item)) item.remove();
  items.forEach((item, index) => {
    if (list.children[index] !== item) list.insertBefore(item, list.children[index] ?? null);
  });
  if (atEnd) list.scrollTop = list.scrollHeight;
}

/** Whether a list would look different from what it shows. Drawing it anew would take the focus out of it. */
function changed(list, content) {
  const key = JSON.stringify(content);
  if (list.dataset.shows === key) return false;
  list.dataset.shows = key;
  return true;
}

export function showMembers(list, view) {
  const names = [...view.members].sort((one, other) => one.localeCompare(other));
  const unlisted = view.memberCount - names.length;
  if (!changed(list, [names, unlisted])) return;
  list.replaceChildren(
    ...names.map((name) => element('li', {}, element('bdi', { textContent: name }))),
    ...(unlisted > 0
      ? [element('li', { className: 'note', textContent: say('more', { count: unlisted }) })]
      : []),
  );
}

export function showRooms(list, rooms, current, choose) {
  if (!changed(list, [rooms, current])) return;
  list.replaceChildren(
    ...rooms.map((name) => {
      const button = element('button', { type: 'button', textContent: `#${name}` });
      if (name === current) button.setAttribute('aria-current', 'true');
      button.addEventListener('click', () => choose(name));
      return element('li', {}, button);
    }),
  );
}
