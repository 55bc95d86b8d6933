import { createRequire } from 'node:module';
import type * as PromClient from 'prom-client';
import {
  type CounterName,
  type GaugeName,
  type HistogramName,
  METRICS,
  type MetricDefinition,
  type MetricLabels,
  type MetricName,
} from './metric-catalog.ts';

/** Records what happens, for Prometheus. Recording never fails and never waits. */
export interface Metrics {
  increment<Name extends CounterName>(name: Name, labels: MetricLabels<Name>): void;
  set<Name extends GaugeName>(name: Name, labels: MetricLabels<Name>, value: number): void;
  observe<Name extends HistogramName>(name: Name, labels: MetricLabels<Name>, value: number): void;
  /** Everything in Prometheus' text format, process figures included. */
  expose(): Promise<{ readonly contentType: string; readonly text: string }>;
}

/** A registry of its own; prom-client is loaded when something is first recorded or asked for. */
export function createMetrics(): Metrics {
  let instruments: Instruments | undefined;
  const loaded = (): Instruments => {
    instruments ??= createInstruments();
    return instruments;
  };
  return {
    increment: (name, labels) =>
      loaded()
        .counters.get(name)
        ?.inc({ ...labels }),
    set: (name, labels, value) =>
      loaded()
        .gauges.get(name)
        ?.set({ ...labels }, value),
    observe: (name, labels, value) =>
      loaded()
        .histograms.get(name)
        ?.observe({ ...labels }, value),
    async expose() {
      const { registry } = loaded();
      return { contentType: registry.contentType, text: await registry.metrics() };
    },
  };
}

interface Instruments {
  readonly registry: PromClient.Registry;
  readonly counters: ReadonlyMap<string, PromClient.Counter>;
  readonly gauges: ReadonlyMap<string, PromClient.Gauge>;
  readonly histograms: ReadonlyMap<string, PromClient.Histogram>;
}

function createInstruments(): Instruments {
  // A synchronous load, so that the first record needs no waiting and none is lost.
  const client = createRequire(import.meta.url)('prom-client') as typeof PromClient;
  const registry = new client.Registry();
  const counters = new Map<string, PromClient.Counter>();
  const gauges = new Map<string, PromClient.Gauge>();
  const histograms = new Map<string, PromClient.Histogram>();
  for (const [name, definition] of Object.entries<MetricDefinition>(METRICS) as [
    MetricName,
    MetricDefinition,
  ][]) {
    const common = { name, help: definition.help, labelNames: definition.labels, registers: [registry] };
    if (definition.type === 'counter') counters.set(name, new client.Counter(common));
    if (definition.type === 'gauge') gauges.set(name, new client.Gauge(common));
    if (definition.type === 'histogram') {
      const buckets = [...(definition.buckets ?? [])];
      histograms.set(name, new client.Histogram({ ...common, buckets }));
    }
  }
  client.collectDefaultMetrics({ register: registry });
  return { registry, counters, gauges, histograms };
}
