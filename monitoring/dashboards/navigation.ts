import { type DashboardLink, DashboardLinkType } from '@grafana/grafana-foundation-sdk/dashboard';
import type { Environment } from '../environment';
import type { Text } from '../model/text';
import { runbookUrl } from '../runbook-url';

/** The links at the head of every board: to the other boards at the same time, to the alerts, to the runbooks. */
export function navigation(
  tag: string,
  { say, urls }: { readonly say: (text: Text) => string; readonly urls: Environment['urls'] },
): { build(): DashboardLink }[] {
  return [
    {
      ...common,
      title: say({ zh: '其他面板', en: 'Other boards' }),
      type: DashboardLinkType.Dashboards,
      icon: 'external link',
      tags: [tag],
      asDropdown: true,
      keepTime: true,
    },
    external(say({ zh: '当前告警', en: 'Alerts now' }), `${urls.alertmanager}/#/alerts`, 'bolt'),
    external(say({ zh: '处理手册', en: 'Runbooks' }), urls.runbooks, 'doc'),
  ].map((link) => ({ build: () => link }));
}

/** The links of a panel: from what it shows on to what to do about it. */
export function runbookLinks(
  alerts: readonly string[],
  { say, urls }: { readonly say: (text: Text) => string; readonly urls: Environment['urls'] },
): DashboardLink[] {
  return alerts.map((name) =>
    external(say({ zh: `处理手册：${name}`, en: `Runbook: ${name}` }), runbookUrl(urls, name), 'doc'),
  );
}

// Spelt out rather than built: the builder puts every link into a menu that Grafana before 12.3 does not know.
const common = {
  tooltip: '',
  url: '',
  tags: [] as string[],
  asDropdown: false,
  includeVars: false,
  keepTime: false,
  targetBlank: false,
};

function external(title: string, url: string, icon: string): DashboardLink {
  return { ...common, title, url, icon, type: DashboardLinkType.Link, targetBlank: true };
}
