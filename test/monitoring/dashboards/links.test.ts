import { catalogue } from '../../../monitoring/catalogue';
import { boards } from '../../../monitoring/dashboards';
import { alertsWithPanel, boardLink } from '../../../monitoring/dashboards/links';
import { panelsOf } from '../../../monitoring/dashboards/queries';
import { production } from '../../../monitoring/environments/production';

const alerts = catalogue(production).alerts.flatMap((group) => group.alerts);
const rendered = new Map(boards(production).map(({ uid, dashboard }) => [uid, dashboard]));

/** A link as it is for an alert without an instance, taken apart. */
function destination(url: string): { board: string; panel: string | null } {
  const { pathname, searchParams } = new URL(url.replace(/\{\{.*\}\}/, ''));
  return { board: pathname.replace('/d/', ''), panel: searchParams.get('viewPanel') };
}

test('every alert leads to a board that exists, and to a panel that is on it', () => {
  expect(alerts.length).toBeGreaterThan(0);
  for (const alert of alerts) {
    const { board, panel } = destination(alert.annotations['dashboard_url'] ?? '');
    const dashboard = rendered.get(board);
    if (!dashboard) throw new Error(`${alert.name} leads to the board ${board}, which does not exist`);
    const ids = panelsOf(dashboard.panels ?? []).map(({ id }) => String(id));
    expect([alert.name, panel === null || ids.includes(panel)]).toEqual([alert.name, true]);
  }
});

test('every alert that has a panel opens it', () => {
  const leading = new Map(alerts.map((alert) => [alert.name, alert]));
  for (const name of alertsWithPanel) {
    const alert = leading.get(name);
    if (!alert) throw new Error(`${name} has a panel but is in no alert group of production`);
    expect(destination(alert.annotations['dashboard_url'] ?? '').panel).toMatch(/^\d+$/);
  }
});

test('a link is narrowed to the instance of the alert where the board is about single instances', () => {
  const about = (service: 'postgresql' | 'chatroom') =>
    boardLink('https://grafana.example.com', {
      name: service === 'chatroom' ? 'ChatRoomHighErrorRate' : 'PostgreSQLHighConnections',
      service,
    });
  expect(about('postgresql')).toBe(
    'https://grafana.example.com/d/chatroom-postgresql?viewPanel=2{{ with index $labels "instance" }}&var-instance={{ . | urlquery }}{{ end }}',
  );
  expect(about('chatroom')).toBe('https://grafana.example.com/d/chatroom-service?viewPanel=3');
});
