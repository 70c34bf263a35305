/** Where Slack's incoming webhooks would be posted to; the rest of the path is as long as theirs. */
export const slackPath = '/services/T00000000/B00000000/local';
