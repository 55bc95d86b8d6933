import type { ContainerUsage, UsageSample } from '@jamie/core';
import { isJsonObject } from '@jamie/core';
import { garbled, parseJson } from './parse-object.ts';
import { parseGoDuration, parseMeasure } from './usage-quantity.ts';

/** Reads a PodMetricsList or a NodeMetricsList. Throws `unavailable` for anything else. */
export function parseUsage(text: string): readonly UsageSample[] {
  const value = parseJson(text);
  const items = isJsonObject(value) ? (value['items'] ?? []) : undefined;
  if (!Array.isArray(items)) throw garbled('not a list of usage');
  return items.map(sampleOf);
}

function sampleOf(item: unknown): UsageSample {
  if (!isJsonObject(item) || !isJsonObject(item['metadata'])) throw garbled('not a list of usage');
  const { metadata, containers, usage, timestamp, window } = item;
  const { name, namespace } = metadata as Record<string, unknown>;
  const measuredAt = typeof timestamp === 'string' ? Date.parse(timestamp) : Number.NaN;
  if (typeof name !== 'string' || Number.isNaN(measuredAt)) throw garbled('not a list of usage');
  const measured = Array.isArray(containers) ? containers.map(containerOf) : [];
  const total =
    measured.length > 0 ? sumOf(measured) : Array.isArray(containers) ? NOTHING : amountsOf(usage);
  return {
    namespace: typeof namespace === 'string' ? namespace : '',
    name,
    ...total,
    measuredAt,
    windowMs: parseGoDuration(window) ?? 0,
    containers: measured,
  };
}

type Amounts = Pick<UsageSample, 'cpuMillicores' | 'memoryBytes'>;

const NOTHING: Amounts = { cpuMillicores: 0, memoryBytes: 0 };

function containerOf(item: unknown): ContainerUsage {
  if (!isJsonObject(item) || typeof item['name'] !== 'string') throw garbled('not a list of usage');
  return { name: item['name'], ...amountsOf(item['usage']) };
}

function amountsOf(usage: unknown): Amounts {
  if (!isJsonObject(usage)) throw garbled('not a list of usage');
  const cpu = parseMeasure(usage['cpu']);
  const memory = parseMeasure(usage['memory']);
  if (cpu === undefined || memory === undefined) throw garbled('not a list of usage');
  return { cpuMillicores: roundUp(cpu * 1_000), memoryBytes: roundUp(memory) };
}

function sumOf(containers: readonly ContainerUsage[]): Amounts {
  return {
    cpuMillicores: containers.reduce((sum, { cpuMillicores }) => sum + cpuMillicores, 0),
    memoryBytes: containers.reduce((sum, { memoryBytes }) => sum + memoryBytes, 0),
  };
}

/** As kubectl does; what only binary fractions add is no more. */
function roundUp(value: number): number {
  return Math.max(0, Math.ceil(value - 1e-6));
}
