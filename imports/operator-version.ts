/**
 * The prometheus-operator release whose kinds we write. Schemas are generated from it, the suite runs it, and the
 * Argo CD application installs it; test/cluster/tools/monitoring/go.mod must pin the same.
 */
export const operatorVersion = '0.93.1';

/**
 * The release of the chart kube-prometheus-stack whose definitions and operator are that release: its appVersion is
 * v0.93.1 (`helm show chart`; the e2e workflow compares).
 */
export const operatorChart = {
  repository: 'https://prometheus-community.github.io/helm-charts',
  name: 'kube-prometheus-stack',
  version: '90.0.0',
} as const;
