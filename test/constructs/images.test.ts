import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { images, imageVersion } from '../../constructs/images';

const root = join(__dirname, '..', '..');

describe('the list of images', () => {
  const listed: readonly string[] = Object.values(images);

  it.each(listed)('names the registry, and one version in full: %s', (image) => {
    expect(image).toMatch(
      /^(docker\.io|ghcr\.io|quay\.io|registry\.k8s\.io)\/[\w./-]+:v?\d+\.\d+(\.\d+)?(-alpine)?$/,
    );
    expect(imageVersion(image)).not.toMatch(/^v/);
  });

  it('holds every image that is written, and none that is not', () => {
    const folder = join(root, 'dist', 'k8s');
    const written = readdirSync(folder, { recursive: true })
      .map(String)
      .filter((file) => file.endsWith('.yaml'))
      .map((file) => readFileSync(join(folder, file), 'utf8'))
      .flatMap((text) => [...text.matchAll(/^ *(?:- )?image: "?([^"\n]+)"?$/gm)].map(([, image]) => image));
    // These two run where the chart puts them, which takes them in three parts.
    const apart = [images.prometheusOperator, images.configReloader];
    expect([...new Set([...written, ...apart])].sort()).toEqual([...listed].sort());
  });

  it('runs the Prometheus and the Alertmanager that the cluster suite runs', () => {
    const modules = readFileSync(join(root, 'test', 'cluster', 'tools', 'monitoring', 'go.mod'), 'utf8');
    const version = (name: string) =>
      new RegExp(`github\\.com/prometheus/${name} v0\\.(\\d+)\\.(\\d+)`)
        .exec(modules)
        ?.slice(1)
        .map(Number) ?? [];
    // The module of Prometheus 3.13.5 is v0.313.5.
    const [combined = 0, patch = 0] = version('prometheus');
    const prometheus = `${Math.floor(combined / 100)}.${combined % 100}.${patch}`;
    expect(imageVersion(images.prometheus)).toBe(prometheus);
    expect(imageVersion(images.alertmanager)).toBe(['0', ...version('alertmanager')].join('.'));
  });
});
