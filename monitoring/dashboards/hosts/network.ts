import {
  nodeNetworkReceiveBytesTotal,
  nodeNetworkReceiveErrsTotal,
  nodeNetworkTransmitBytesTotal,
  nodeNetworkTransmitErrsTotal,
} from '../../metrics/node';
import { promql, series } from '../../model/promql';
import { curves } from '../house-style';
import type { Setting } from '../plan';
import { chosen } from '../selection';
import { units } from '../units';

/** Interfaces of the host itself, neither the loopback nor one end of a container's cable. */
const ofHost = { ...chosen, device: { not: /lo|veth.*|docker.*|br-.*|cali.*|flannel.*|cni.*/ } } as const;

export function network(setting: Setting) {
  return curves(setting, {
    title: { zh: '网络流量', en: 'Network traffic' },
    description: {
      zh: '主机网卡合计，不含回环与容器网卡。',
      en: 'All interfaces of a host, loopback and those of containers left out.',
    },
    unit: units.bytesPerSecond,
    queries: [
      {
        legend: { zh: '接收 {{instance}}', en: 'Received {{instance}}' },
        expr: promql`sum by (instance) (rate(${series(nodeNetworkReceiveBytesTotal, ofHost)}[$__rate_interval]))`,
      },
      {
        legend: { zh: '发送 {{instance}}', en: 'Sent {{instance}}' },
        expr: promql`sum by (instance) (rate(${series(nodeNetworkTransmitBytesTotal, ofHost)}[$__rate_interval]))`,
      },
    ],
  })
    .span(12)
    .height(8);
}

export function networkErrors(setting: Setting) {
  return curves(setting, {
    title: { zh: '网络错误', en: 'Network errors' },
    description: {
      zh: '损坏的接收包与未能发送的包。健康时为零。',
      en: 'Packets received broken, and packets that could not be sent. Zero in good health.',
    },
    unit: units.perMinute,
    queries: [
      {
        legend: { zh: '接收 {{instance}}', en: 'Received {{instance}}' },
        expr: promql`
          60 * sum by (instance) (rate(${series(nodeNetworkReceiveErrsTotal, ofHost)}[$__rate_interval]))`,
      },
      {
        legend: { zh: '发送 {{instance}}', en: 'Sent {{instance}}' },
        expr: promql`
          60 * sum by (instance) (rate(${series(nodeNetworkTransmitErrsTotal, ofHost)}[$__rate_interval]))`,
      },
    ],
  })
    .span(12)
    .height(8);
}
