import type { AlertName } from '../../monitoring/rules';

/** An alert that no fault provokes, and why none could be honest on one machine. */
interface Unprovoked {
  readonly alert: AlertName;
  readonly because: string;
}

const cluster = 'speaks of Kubernetes, which this machine does not run';
const budget =
  'is spent over days: at any compression that leaves the scrapes alone, its windows outlast a rehearsal';

/** Every alert is either in the list of a fault or here; a new one goes to one of the two. */
export const unprovoked: readonly Unprovoked[] = [
  { alert: 'Watchdog', because: 'always fires; its silence is what the faults of silencing bring about' },

  // What would have to be told by those who are gone.
  { alert: 'PrometheusDown', because: 'is told by another Prometheus, of which there is none here' },
  {
    alert: 'PrometheusNotificationsFailing',
    because: 'is muted by AlertmanagerDown, and without a second Alertmanager reaches nobody',
  },
  {
    alert: 'PrometheusNoAlertmanager',
    because: 'reaches nobody from the Prometheus that it is about; the dead man’s switch calls instead',
  },
  {
    alert: 'AlertmanagerClusterSplit',
    because: 'is about several Alertmanagers, of which there is one here',
  },

  { alert: 'NginxInstanceDown', because: 'is about one nginx among several, of which there is one here' },
  {
    alert: 'RedisInstanceDown',
    because:
      'is about a Redis beside a master that answers, with an exporter of its own; here is one exporter',
  },
  {
    alert: 'ChatRoomUnavailable',
    because: 'is muted by whatever takes all servers away: PostgreSQL, Redis, or the death of the servers',
  },
  {
    alert: 'PrometheusRulesMissed',
    because: 'wants a Prometheus too slow for its rules, which only a machine too slow for everything has',
  },

  // What looks back for longer than a rehearsal lasts, even at the highest compression of a test.
  {
    alert: 'NodejsHandlesGrowing',
    because: 'compares with an hour ago, of which a stack that has just started knows nothing',
  },
  { alert: 'RedisKeysWithoutExpiryGrowing', because: 'compares with six hours ago, 18 minutes at factor 20' },
  { alert: 'PostgreSQLDatabaseGrowing', because: 'compares with a day ago, 72 minutes at factor 20' },
  { alert: 'DiskWillFill', because: 'wants a disk that was there three hours ago, 9 minutes at factor 20' },
  {
    alert: 'PrometheusStorageFailing',
    because: 'remembers an hour of what Prometheus does every two hours, and no compression reaches',
  },
  { alert: 'HostHighLoad', because: 'is a mean over 15 minutes that the kernel takes in its own time' },
  { alert: 'ChatRoomAvailabilityBudgetBurningSlowly', because: budget },
  { alert: 'ChatRoomLatencyBudgetBurningSlowly', because: budget },
  { alert: 'ChatRoomDeliveryBudgetBurningSlowly', because: budget },

  // What would break the machine, and whatever else is done on it.
  { alert: 'HostDown', because: 'needs targets on several nodes, one of which can go without the others' },
  { alert: 'HostClockSkew', because: 'compares two machines, and here both sides read one clock' },
  { alert: 'HostClockNotSynchronised', because: 'would take the clock of the machine from everybody on it' },
  {
    alert: 'HostOomKill',
    because: 'counts what the kernel kills for want of memory, of which all would suffer',
  },
  { alert: 'HostNetworkErrors', because: 'counts packets that a network card damages, and loopback is none' },

  { alert: 'KubernetesApiserverDown', because: cluster },
  { alert: 'KubernetesApiserverAbsent', because: cluster },
  { alert: 'KubeStateMetricsDown', because: cluster },
  { alert: 'KubeStateMetricsAbsent', because: cluster },
  { alert: 'KubeletDown', because: cluster },
  { alert: 'KubeletAbsent', because: cluster },
  { alert: 'CadvisorDown', because: cluster },
  { alert: 'CadvisorAbsent', because: cluster },
  { alert: 'KubeNodeNotReady', because: cluster },
  { alert: 'KubePodCrashLooping', because: cluster },
  { alert: 'KubeContainerMemoryNearLimit', because: cluster },
  { alert: 'KubeContainerOOMKilled', because: cluster },
  { alert: 'KubePodPending', because: cluster },
  { alert: 'KubePodStuckTerminating', because: cluster },
  { alert: 'KubeReplicasUnavailable', because: cluster },
  { alert: 'KubeAutoscalerAtMaximum', because: cluster },
  { alert: 'KubeAutoscalerUnable', because: cluster },
  { alert: 'KubePersistentVolumeFilling', because: cluster },
];
