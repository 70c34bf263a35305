import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { serialized } from '../../local/standalone';
import { catalogue } from '../../monitoring/catalogue';
import { production } from '../../monitoring/environments/production';
import { files } from '../../monitoring/render/prometheus';
import { standaloneDocuments } from '../../monitoring/render/standalone';
import { amtool } from '../monitoring/amtool';
import { promtool } from '../monitoring/promtool';

const folder = join(__dirname, '..', '..', 'dist', 'standalone');
const committed = readdirSync(folder, { recursive: true, withFileTypes: true })
  .filter((entry) => entry.isFile())
  .map((entry) => join(entry.parentPath, entry.name).slice(folder.length + 1))
  .sort();
const model = catalogue(production);
const documents = standaloneDocuments(model);

describe('dist/standalone', () => {
  test('holds every document of the model and nothing else', () => {
    expect(committed).toEqual([...documents.keys()].sort());
  });

  test.each(committed)('%s is what `npm run standalone` would write now', (path) => {
    expect(readFileSync(join(folder, path), 'utf8')).toBe(serialized(path, documents.get(path)));
  });

  test('holds no secret, only where secrets are', () => {
    const config = readFileSync(join(folder, files.alertmanager), 'utf8');
    expect(config).not.toMatch(/^\s*(smtp_auth_password|api_url|slack_api_url|credentials|password):/m);
    expect(config).toMatch(/^\s*smtp_auth_password_file: \/etc\/alertmanager\/secrets\/smtp-password$/m);
  });

  test('promtool reads prometheus.yml and the rules it names', async () => {
    const { code, output } = await promtool('check', 'config', join(folder, files.prometheus));
    expect({ code, output }).toMatchObject({ code: 0 });
    expect(output).toContain('2 rule files found');
  });

  test.each([files.alertRules, files.recordingRules])(
    'promtool finds rules in %s and no fault',
    async (file) => {
      const { code, output } = await promtool(
        'check',
        'rules',
        '--lint=all',
        '--lint-fatal',
        join(folder, file),
      );
      expect({ code, output }).toMatchObject({ code: 0 });
      expect(output).toMatch(/SUCCESS: \d+ rules found/);
    },
  );

  test('amtool reads alertmanager.yml with all its receivers and inhibitions', async () => {
    const { code, output } = await amtool('check-config', join(folder, files.alertmanager));
    expect({ code, output }).toMatchObject({ code: 0 });
    expect(output).toContain(` - ${model.receivers.length} receivers`);
    expect(output).toContain(` - ${model.inhibitions.length} inhibit rules`);
  });
});
