#!/bin/sh
# Waits until everything in dist/k8s/dev is ready; ends with an error after ten minutes.
set -eu
for namespace in chatroom monitoring node-exporter; do
  for workload in $(kubectl get deployments,statefulsets,daemonsets -n "$namespace" -o name); do
    kubectl rollout status -n "$namespace" "$workload" --timeout=600s
  done
done
# These two are made by prometheus-operator, some moments after their objects.
for workload in statefulset/prometheus-chatroom statefulset/alertmanager-chatroom; do
  until kubectl get -n monitoring "$workload" >/dev/null 2>&1; do sleep 2; done
  kubectl rollout status -n monitoring "$workload" --timeout=600s
done
