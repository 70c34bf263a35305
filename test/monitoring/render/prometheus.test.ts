import { catalogue } from '../../../monitoring/catalogue';
import { production } from '../../../monitoring/environments/production';
import { prometheusConfig } from '../../../monitoring/render/prometheus';

const staticConfigs = (targets: Partial<typeof production.targets>) =>
  new Map(
    prometheusConfig(
      catalogue({ ...production, targets: { ...production.targets, ...targets } }),
    ).scrape_configs.map((job) => [job.job_name, job['static_configs']]),
  );

describe('a target without service discovery', () => {
  test('says which machine it is on where another job has a target there too', () => {
    const configs = staticConfigs({
      'chatroom-server': ['chat-1:8000', 'chat-2:8000', 'edge:8000'],
      'node-exporter': ['chat-1:9100', 'chat-2:9100'],
      'postgres-exporter': ['[fd00::1]:9187'],
      'redis-exporter': ['[fd00::1]:9121'],
    });
    expect(configs.get('chatroom-server')).toEqual([
      { targets: ['chat-1:8000'], labels: { node: 'chat-1' } },
      { targets: ['chat-2:8000'], labels: { node: 'chat-2' } },
      { targets: ['edge:8000'] },
    ]);
    expect(configs.get('node-exporter')).toEqual([
      { targets: ['chat-1:9100'], labels: { node: 'chat-1' } },
      { targets: ['chat-2:9100'], labels: { node: 'chat-2' } },
    ]);
    expect(configs.get('postgres-exporter')).toEqual([
      { targets: ['[fd00::1]:9187'], labels: { node: '[fd00::1]' } },
    ]);
  });

  test('says nothing of its machine where nothing else is known of it, also with several replicas', () => {
    const configs = staticConfigs({ 'chatroom-server': ['chat:8000', 'chat:8001'] });
    expect(configs.get('chatroom-server')).toEqual([{ targets: ['chat:8000', 'chat:8001'] }]);
  });
});
