/** Sends what is left and stops. */
export type StopTracing = () => Promise<void>;

/**
 * Sends traces to the collector that OTEL_EXPORTER_OTLP_ENDPOINT names; the SDK reads that and its other standard
 * variables itself. Without an endpoint nothing is loaded and every span is a no-op.
 */
export async function startTracing(serviceName: string, endpoint: string): Promise<StopTracing> {
  if (endpoint === '') return async () => undefined;
  const [{ NodeSDK }, { OTLPTraceExporter }] = await Promise.all([
    import('@opentelemetry/sdk-node'),
    import('@opentelemetry/exporter-trace-otlp-http'),
  ]);
  const sdk = new NodeSDK({
    serviceName,
    traceExporter: new OTLPTraceExporter(),
    // The rest of our telemetry goes its own way: metrics are scraped, logs are lines.
    metricReaders: [],
    logRecordProcessors: [],
    instrumentations: [],
  });
  sdk.start();
  return () => sdk.shutdown();
}
