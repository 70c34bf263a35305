/* global document, navigator */

const texts = {
  zh: {
    name: '昵称',
    room: '房间',
    rooms: '房间',
    enter: '进入',
    message: '消息',
    send: '发送',
    earlier: '更早的消息',
    alert: '告警',
    again: '重试',
    waiting: '发送中…',
    refused: ({ why }) => `未发送：${why}`,
    members: ({ count }) => `在线 ${count} 人`,
    offline: '未连接',
    connecting: '连接中…',
    online: ({ replica }) => `已连接（${replica}）`,
    waitingToReconnect: ({ seconds }) => `连接断开，${seconds} 秒后重连`,
    storageAway: '消息暂时无法保存，会自动重试',
    more: ({ count }) => `以及另外 ${count} 人`,
  },
  en: {
    name: 'Name',
    room: 'Room',
    rooms: 'Rooms',
    enter: 'Enter',
    message: 'Message',
    send: 'Send',
    earlier: 'Earlier messages',
    alert: 'alert',
    again: 'Try again',
    waiting: 'sending…',
    refused: ({ why }) => `not sent: ${why}`,
    members: ({ count }) => `${count} online`,
    offline: 'not connected',
    connecting: 'connecting…',
    online: ({ replica }) => `connected (${replica})`,
    waitingToReconnect: ({ seconds }) => `disconnected, next try in ${seconds} s`,
    storageAway: 'messages cannot be stored right now; they are tried again',
    more: ({ count }) => `and ${count} more`,
  },
};

/** The language of the page: Chinese for browsers that prefer it, otherwise English. */
export const language = (navigator.languages ?? [navigator.language]).some((one) => /^(zh|en)\b/.test(one))
  ? (navigator.languages ?? [navigator.language]).find((one) => /^(zh|en)\b/.test(one)).slice(0, 2)
  : 'en';

/** A text in the language of the page. */
export function say(key, values) {
  const text = texts[language][key];
  return typeof text === 'function' ? text(values) : text;
}

/** Fills every element that names its text. */
export function translatePage() {
  document.documentElement.lang = language === 'zh' ? 'zh-CN' : 'en';
  for (const element of document.querySelectorAll('[data-text]')) {
    element.textContent = say(element.dataset.text);
  }
}
