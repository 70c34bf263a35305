import { inLocale, type Locale, type Text } from '../../../monitoring/model/text';
import type { SwitchDecision } from './watch';

/** What people read. */
export interface Letter {
  readonly subject: string;
  readonly text: string;
}

export interface LetterProps {
  readonly locale: Locale;
  readonly timeZone: { readonly offsetMinutes: number; readonly name: Text };
  /** The longest silence of which nobody has to hear. */
  readonly allowedMs: number;
  /** Address of the page that says what to do. */
  readonly runbook: string;
}

/** What a decision tells people; nothing where there is nothing to tell. */
export function letter(decision: SwitchDecision, now: number, props: LetterProps): Letter | undefined {
  if (decision.kind === 'hold') return undefined;
  const { locale, allowedMs, runbook } = props;
  const say = (text: Text): string => inLocale(text, locale);
  const since = clock(decision.silentSince, props);
  const page = `${say({ zh: '处理手册', en: 'Runbook' })}: ${runbook}`;
  if (decision.kind === 'all-clear') {
    const lasted = span(decision.heardAt - decision.silentSince);
    return {
      subject: say({
        zh: '[已恢复] [严重] 失联开关：又收到了监控心跳',
        en: '[RESOLVED] [CRITICAL] Dead man’s switch: the monitoring is heard again',
      }),
      text: [
        say({ zh: '已经恢复：', en: 'Over:' }),
        say({
          zh: `监控心跳自 ${since} 起中断了 ${lasted.zh}。这段时间内的告警可能没有送达，请查看 Alertmanager 与面板。`,
          en: `Since ${since} nothing was heard for ${lasted.en}. Alerts of that time may have reached nobody; look at Alertmanager and the boards.`,
        }),
        page,
        '',
      ].join('\n'),
    };
  }
  const silence = span(now - decision.silentSince);
  const allowed = span(allowedMs);
  return {
    subject: say({
      zh: `[告警] [严重] 失联开关：${silence.zh}没有收到监控心跳`,
      en: `[FIRING] [CRITICAL] Dead man’s switch: nothing heard of the monitoring for ${silence.en}`,
    }),
    text: [
      decision.reason === 'never heard'
        ? say({
            zh: `自 ${since} 开始等待以来，从未收到监控心跳（最多允许 ${allowed.zh}）。`,
            en: `No heartbeat of the monitoring was heard since ${since}, when the switch began to wait (allowed: ${allowed.en}).`,
          })
        : say({
            zh: `最后一次监控心跳在 ${since}（最多允许间隔 ${allowed.zh}）。`,
            en: `The last heartbeat of the monitoring was heard at ${since} (allowed: ${allowed.en}).`,
          }),
      say({
        zh: 'Prometheus、Alertmanager 或出口网络已中断：在恢复之前，其他任何告警都到不了您。',
        en: 'Prometheus, Alertmanager or the way out is dead: until it is mended no other alert can reach you.',
      }),
      page,
      '',
    ].join('\n'),
  };
}

function span(milliseconds: number): Text {
  const total = Math.round(milliseconds / 1_000);
  const [minutes, seconds] = [Math.floor(total / 60), total % 60];
  if (minutes === 0) return { zh: `${seconds} 秒`, en: `${seconds} s` };
  return seconds === 0
    ? { zh: `${minutes} 分钟`, en: `${minutes} min` }
    : { zh: `${minutes} 分 ${seconds} 秒`, en: `${minutes} min ${seconds} s` };
}

function clock(at: number, { timeZone, locale }: LetterProps): string {
  const local = new Date(at + timeZone.offsetMinutes * 60_000).toISOString();
  return `${local.slice(0, 10)} ${local.slice(11, 19)} ${inLocale(timeZone.name, locale)}`;
}
