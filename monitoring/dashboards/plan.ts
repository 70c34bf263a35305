import {
  DashboardBuilder,
  DashboardCursorSync,
  type Dashboard,
  type Panel,
  RowBuilder,
} from '@grafana/grafana-foundation-sdk/dashboard';
import type { Environment } from '../environment';
import type { JobName } from '../jobs';
import type { Board } from '../model/dashboard';
import { inLocale, type Text } from '../model/text';
import { deployments, firingAlerts } from './annotations';
import { datasourceVariable } from './datasource';
import { navigation, runbookLinks } from './navigation';
import { targetVariables } from './selection';

/** What a panel needs to know about where it is shown. */
export interface Setting {
  /** What a text says in the language of the environment. */
  readonly say: (text: Text) => string;
  readonly urls: Environment['urls'];
}

/** One panel: a function of its setting, so that it can be read, drawn and linked to on its own. */
export type PanelFunction = (setting: Setting) => { build(): Panel };

/** A board as its author states it, before it has a language. */
export interface BoardPlan {
  /** Stable identity, in links and in bookmarks: never change it. */
  readonly uid: `chatroom-${string}`;
  readonly title: Text;
  readonly description: Text;
  /**
   * The jobs it is about, whose targets the reader may choose from. A board that is about all of them has nothing to
   * choose: each of its panels is about another part, and whatever were chosen, some would have nothing to show.
   */
  readonly jobs: readonly JobName[] | 'all';
  /** Panels in reading order, under a heading where there is one. */
  readonly rows: readonly { readonly title?: Text; readonly panels: readonly PanelFunction[] }[];
}

/**
 * Grafana 10.0. Later releases bring a board up to date when they load it, earlier ones than the version a board
 * states take it as it is and misread it; so the oldest that knows everything we use is stated.
 */
const schemaVersion = 36;

/** The tag by which boards find each other. */
const tag = 'chatroom';

/** The number of a panel within its board, by which a link can open it alone. */
export function panelId(plan: BoardPlan, panel: PanelFunction): number {
  const index = plan.rows.flatMap(({ panels }) => panels).indexOf(panel);
  if (index < 0) {
    throw new RangeError(
      `${panel.name} is no panel of ${plan.uid}; add it to the board's rows or link to another panel`,
    );
  }
  return index + 1;
}

/**
 * A board in the language of an environment.
 *
 * @param alertsLedTo the alerts that lead to a panel, whose runbooks it leads on to
 */
export function board(
  plan: BoardPlan,
  { locale, urls }: Environment,
  alertsLedTo: (panel: PanelFunction) => readonly string[],
): Board {
  const setting: Setting = { say: (text) => inLocale(text, locale), urls };
  const { say } = setting;
  const builder = new DashboardBuilder(say(plan.title))
    .uid(plan.uid)
    .description(say(plan.description))
    .tags([tag])
    .timezone('browser')
    .readonly()
    .refresh('30s')
    .time({ from: 'now-1h', to: 'now' })
    .tooltip(DashboardCursorSync.Crosshair)
    .variables([datasourceVariable(say), ...(plan.jobs === 'all' ? [] : targetVariables(plan.jobs, say))])
    .annotations([firingAlerts(say), deployments(say)])
    .links(navigation(tag, setting));
  const panelCount = plan.rows.reduce((count, { panels }) => count + panels.length, 0);
  plan.rows.forEach(({ title, panels }, index) => {
    // Rows are numbered behind the panels, so that a heading more does not move the panels' numbers.
    if (title) builder.withRow(new RowBuilder(say(title)).id(panelCount + index + 1));
    for (const panel of panels) {
      const links = runbookLinks(alertsLedTo(panel), setting);
      builder.withPanel({ build: () => ({ ...panel(setting).build(), id: panelId(plan, panel), links }) });
    }
  });
  return {
    uid: plan.uid,
    jobs: plan.jobs === 'all' ? [] : plan.jobs,
    dashboard: plain({ ...builder.build(), schemaVersion }),
  };
}

/** The builders mark what they build with functions; readers are promised data. */
function plain(dashboard: Dashboard): Dashboard {
  return JSON.parse(JSON.stringify(dashboard)) as Dashboard;
}
