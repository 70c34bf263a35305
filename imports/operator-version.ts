/**
 * The prometheus-operator release whose kinds we write. Schemas are generated from it, the suite runs it, and the
 * Argo CD application installs it; test/cluster/tools/monitoring/go.mod must pin the same.
 */
export const operatorVersion = '0.93.1';
