import { z } from 'zod';
import type { Site } from '../site';
import { slackMessage, type SlackMessage } from '../stand-ins/slack-message';
import { getJson } from './get-json';

/** Every message that was posted to Slack, oldest first. */
export async function slackMessages(site: Site): Promise<readonly SlackMessage[]> {
  return (await getJson(site.url('slack', '/messages'), z.array(slackMessage))).toReversed();
}
