// The few import rules of the house. Each comment says why, because a rule nobody understands gets switched off.
const pure = '^(monitoring|decision|api)/';

/** @type {import('dependency-cruiser').IConfiguration} */
module.exports = {
  forbidden: [
    {
      name: 'no-cycles',
      comment: 'Two modules that need each other are one module, or hide a third that both should import.',
      severity: 'error',
      from: {},
      to: { circular: true },
    },
    {
      name: 'the-model-stands-alone',
      comment:
        'monitoring/model is the grammar that everything else is written in; a grammar that imports its texts cannot be reused.',
      severity: 'error',
      from: { path: '^monitoring/model/' },
      to: { path: '^[a-z]+/', pathNot: ['^monitoring/model/', '^node_modules/'] },
    },
    {
      name: 'monitoring-knows-no-edge',
      comment:
        'The same model feeds Kubernetes and a machine without a cluster; the day it imports either, it feeds only one.',
      severity: 'error',
      from: { path: '^monitoring/' },
      to: { path: '^(constructs|imports|operator|chatroom|local|reports|soak|decision|api|bench|test)/' },
    },
    {
      name: 'decisions-know-no-edge',
      comment:
        'A decision is a function of its arguments, so that it can be replayed; whoever gathers and acts lives at the edge.',
      severity: 'error',
      from: { path: '^decision/' },
      to: {
        path: '^(constructs|imports|operator|chatroom|local|reports|soak|bench|test)/|^monitoring/(?!model/)',
      },
    },
    {
      name: 'pure-folders-do-no-io',
      comment:
        'Without files, sockets and clocks the same input gives the same output, in a test, in a replay and in an incident.',
      severity: 'error',
      from: { path: pure },
      to: { dependencyTypes: ['core'] },
    },
    {
      name: 'pure-folders-know-no-kubernetes',
      comment: 'Kubernetes is one of two deliveries; wrap what the model says in constructs/ instead.',
      severity: 'error',
      from: { path: pure },
      to: {
        path: 'node_modules/(cdk8s|cdk8s-plus-27|constructs|@kubernetes/client-node|@kubernetes-models)/',
      },
    },
    {
      name: 'chatroom-knows-only-its-metrics',
      comment:
        'The chat server shares one thing with its monitoring: the metric contract. Anything more would couple a service to its watcher.',
      severity: 'error',
      from: { path: '^chatroom/' },
      to: {
        path: '^(monitoring/(?!metrics/|model/)|decision|api|constructs|imports|operator|local|bench|test)/',
      },
    },
    {
      name: 'constructs-describe-and-do-not-run',
      comment:
        'Synthesis happens in CI without a cluster; it may read data about the operator (its access), never the operator.',
      severity: 'error',
      from: { path: '^constructs/' },
      to: { path: '^(operator/(?!access)|chatroom|local|reports|soak|decision|bench|test)/' },
    },
    {
      name: 'reports-only-read',
      comment:
        "A report asks a Prometheus, whoever runs it; one that needs our own stack could not be used on anybody else's.",
      severity: 'error',
      from: { path: '^reports/' },
      to: { path: '^(constructs|imports|operator|chatroom|local|soak|decision|bench|test)/' },
    },
    {
      name: 'nothing-imports-tests',
      comment: 'What only tests need lives in test/; what the product needs does not.',
      severity: 'error',
      from: { pathNot: '^(test|bench)/' },
      to: { path: '^(test|bench)/' },
    },
    {
      name: 'resolvable',
      comment: 'An import that does not resolve here will not resolve at a user either.',
      severity: 'error',
      from: {},
      to: { couldNotResolve: true },
    },
  ],
  options: {
    doNotFollow: { path: 'node_modules' },
    exclude: { path: '^(dist|build|coverage)/' },
    tsPreCompilationDeps: true,
    tsConfig: { fileName: 'tsconfig.json' },
    enhancedResolveOptions: {
      exportsFields: ['exports'],
      conditionNames: ['import', 'require', 'node', 'default', 'types'],
    },
  },
};
