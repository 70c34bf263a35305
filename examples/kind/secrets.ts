/**
 * Prints the Secrets that an environment reads, for development: what can be made up is random, the rest is given.
 *
 *   npx ts-node examples/kind/secrets.ts dev | kubectl apply -f -
 *   npx ts-node examples/kind/secrets.ts production slack-url=https://hooks.slack.com/... smtp-password=...
 *
 * Nothing is written to disk. In production let an operator of secrets do this; see examples/external-secrets.
 */
import { randomBytes } from 'node:crypto';
import { clusterEnvironments } from '../../constructs/environments';
import { requiredSecrets, type RequiredSecret } from '../../constructs/secrets';

/** Values for what nobody can make up, where nothing leaves the laptop. */
const stand: Readonly<Record<string, string>> = {
  user: 'admin',
  'slack-url': 'http://slack-catcher.monitoring.svc:8080/',
};

export function secretObjects(
  required: readonly RequiredSecret[],
  given: Readonly<Record<string, string>>,
): readonly object[] {
  const path = ({ namespace, secret, key }: RequiredSecret) => `${namespace}/${secret}/${key}`;
  const values = new Map<string, string>();
  for (const one of required) {
    const known = given[one.key] ?? stand[one.key];
    if (one.given && known === undefined) {
      throw new Error(`${path(one)} (${one.purpose}) cannot be made up: add ${one.key}=VALUE`);
    }
    values.set(path(one), known ?? randomBytes(18).toString('hex'));
  }
  const objects = Map.groupBy(required, ({ namespace, secret }) => `${namespace}/${secret}`);
  return [...objects.values()].map((keys) => ({
    apiVersion: 'v1',
    kind: 'Secret',
    metadata: { name: keys[0]?.secret, namespace: keys[0]?.namespace },
    stringData: Object.fromEntries(keys.map((one) => [one.key, values.get(one.sameAs ?? path(one))])),
  }));
}

if (require.main === module) {
  const [name = 'dev', ...pairs] = process.argv.slice(2);
  const environment = clusterEnvironments.find(({ monitoring }) => monitoring.name === name);
  if (!environment) {
    const known = clusterEnvironments.map(({ monitoring }) => monitoring.name).join(', ');
    throw new Error(`no environment is called ${name}: choose one of ${known}`);
  }
  const given = new Map(
    pairs.map((pair) => [pair.slice(0, pair.indexOf('=')), pair.slice(pair.indexOf('=') + 1)]),
  );
  const items = secretObjects(requiredSecrets(environment), Object.fromEntries(given));
  process.stdout.write(`${JSON.stringify({ apiVersion: 'v1', kind: 'List', items }, null, 2)}\n`);
}
