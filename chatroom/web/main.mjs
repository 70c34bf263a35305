/* global document, fetch, localStorage, setInterval, setTimeout, requestAnimationFrame */
import { Connection } from './connection.mjs';
import { RoomView, showMembers, showMessages, showRooms } from './room-view.mjs';
import { say, translatePage } from './texts.mjs';

const byId = (id) => document.getElementById(id);
const rooms = new Map();
let connection;
let current;
let ownName = '';
let replica = '';
let knownRooms = [];
let drawing = false;

translatePage();
byId('name').value = remembered('name') ?? '';
showState('offline');
void refreshRooms();
setInterval(() => void refreshRooms(), 15_000);

byId('enter').addEventListener('submit', (event) => {
  event.preventDefault();
  ownName = byId('name').value.trim();
  byId('refusal').textContent = '';
  connection?.close();
  rooms.clear();
  connection = new Connection(ownName, handlers);
  enter(foldRoom(byId('room').value));
  connection.open();
});

byId('compose').addEventListener('submit', (event) => {
  event.preventDefault();
  const input = byId('text');
  const text = input.value.trim();
  if (text === '') return;
  send(text);
  input.value = '';
  input.focus();
});

byId('text').addEventListener('keydown', (event) => {
  // While an input method composes, Enter chooses a character.
  if (event.key !== 'Enter' || event.shiftKey || event.isComposing) return;
  event.preventDefault();
  byId('compose').requestSubmit();
});

byId('earlier').addEventListener('click', () => void loadEarlier());

const handlers = {
  state: (name, values) => {
    replica = values?.replica ?? replica;
    showState(name, values);
  },
  joined: (frame) => {
    const view = viewOf(frame.room);
    const first = view.messages.size === 0;
    // More was missed than the server repeats: a list with a hole in it would read as if nothing had been said.
    if (frame.more) view.messages.clear();
    view.add(frame.messages);
    view.members = new Set(frame.members);
    view.memberCount = frame.memberCount;
    if (first || frame.more) view.more = frame.more;
    remember('name', ownName);
    byId('entrance').hidden = true;
    byId('chat').hidden = false;
    draw();
    if (frame.room === current) byId('text').focus();
  },
  messages: ({ room, messages }) => {
    viewOf(room).add(messages);
    draw();
  },
  presence: ({ room, joined, left, memberCount }) => {
    const view = viewOf(room);
    left.forEach((name) => view.members.delete(name));
    joined.forEach((name) => view.members.add(name));
    view.memberCount = memberCount;
    draw();
  },
  acknowledged: ({ room, id, seq, at }) => {
    const view = viewOf(room);
    const mine = view.waiting.get(id);
    if (mine) view.add([{ ...mine, seq, at }]);
    // Storage is back, if it was away.
    showState('online', { replica });
    draw();
  },
  delayed: ({ code }) => {
    if (code === 'unavailable') showState('storageAway');
  },
  refused: ({ room, id, message }) => {
    const mine = rooms.get(room)?.waiting.get(id);
    if (mine) mine.problem = message;
    else if (!byId('entrance').hidden) {
      byId('refusal').textContent = message;
      connection.close();
      showState('offline');
    }
    draw();
  },
};

function enter(room) {
  current = room;
  viewOf(room);
  connection.join(room);
  draw();
  byId('text').focus();
}

function send(text) {
  const id = connection.send(current, text);
  viewOf(current).waiting.set(id, { id, author: ownName, kind: 'user', text });
  draw();
}

function retry(message) {
  delete message.problem;
  connection.send(current, message.text, message.id);
  draw();
}

function viewOf(room) {
  if (!rooms.has(room)) rooms.set(room, new RoomView());
  return rooms.get(room);
}

async function loadEarlier() {
  const room = current;
  const view = viewOf(room);
  const response = await fetch(
    `/api/rooms/${encodeURIComponent(room)}/messages?before=${view.oldest()}&limit=50`,
  ).catch(() => undefined);
  if (!response?.ok) return showState('storageAway');
  const page = await response.json();
  view.add(page.messages);
  view.more = page.more;
  draw();
}

async function refreshRooms() {
  const response = await fetch('/api/rooms').catch(() => undefined);
  if (!response?.ok) return;
  const list = (await response.json()).rooms.map(({ name }) => name);
  byId('rooms').replaceChildren(
    ...list.map((name) => Object.assign(document.createElement('option'), { value: name })),
  );
  knownRooms = list;
  draw();
}

function showState(name, values) {
  const status = byId('status');
  status.textContent = say(name, values);
  status.dataset.state = name;
}

/** Several frames may arrive before the next picture; one drawing shows them all. */
function draw() {
  if (drawing) return;
  drawing = true;
  // A hidden tab gets no animation frames, and its title and log should be right when it is looked at again.
  const later = document.hidden ? (act) => setTimeout(act, 100) : requestAnimationFrame;
  later(() => {
    drawing = false;
    if (current === undefined) return;
    const view = viewOf(current);
    byId('room-title').textContent = `#${current}`;
    byId('earlier').hidden = !view.more;
    byId('members-title').textContent = say('members', { count: view.memberCount });
    showMessages(byId('messages'), view, retry);
    showMembers(byId('members'), view);
    showRooms(byId('room-list'), [...new Set([...knownRooms, ...rooms.keys()])], current, enter);
  });
}

/** The server folds names the same way; without it #Ops would never hear of #ops. */
function foldRoom(name) {
  return name.trim().replace(/^#/, '').normalize('NFKC').toLowerCase();
}

function remembered(key) {
  try {
    return localStorage.getItem(`chatroom.${key}`);
  } catch {
    // A browser may refuse storage altogether; then nothing is remembered.
    return null;
  }
}

function remember(key, value) {
  try {
    localStorage.setItem(`chatroom.${key}`, value);
  } catch {
    // As above.
  }
}
