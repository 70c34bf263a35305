/** The kinds of Argo CD that we write, checked at synth like those of prometheus-operator. */
import type { Construct } from 'constructs';
import { CustomResource, type CustomResourceProps } from './custom-resource';

const group = 'argoproj.io';

export interface ApplicationSource {
  readonly repoURL: string;
  readonly targetRevision: string;
  readonly path?: string;
  readonly chart?: string;
  readonly helm?: { readonly releaseName?: string; readonly valuesObject?: object };
}

export interface ApplicationSpec {
  readonly project: string;
  readonly source: ApplicationSource;
  readonly destination: { readonly server: string; readonly namespace?: string };
  readonly syncPolicy?: {
    readonly automated?: { readonly prune?: boolean; readonly selfHeal?: boolean };
    readonly syncOptions?: readonly string[];
    readonly retry?: {
      readonly limit: number;
      readonly backoff: { readonly duration: string; readonly factor: number; readonly maxDuration: string };
    };
  };
  readonly ignoreDifferences?: readonly {
    readonly group?: string;
    readonly kind: string;
    readonly jsonPointers?: readonly string[];
    readonly jqPathExpressions?: readonly string[];
  }[];
}

export class Application extends CustomResource<ApplicationSpec> {
  constructor(scope: Construct, id: string, props: CustomResourceProps<ApplicationSpec>) {
    super(scope, id, { group, version: 'v1alpha1', kind: 'Application' }, props);
  }
}

export interface AppProjectSpec {
  readonly description?: string;
  readonly sourceRepos: readonly string[];
  readonly destinations: readonly { readonly server: string; readonly namespace: string }[];
  readonly clusterResourceWhitelist?: readonly { readonly group: string; readonly kind: string }[];
}

export class AppProject extends CustomResource<AppProjectSpec> {
  constructor(scope: Construct, id: string, props: CustomResourceProps<AppProjectSpec>) {
    super(scope, id, { group, version: 'v1alpha1', kind: 'AppProject' }, props);
  }
}
