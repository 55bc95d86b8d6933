import type { Container } from '../objects.ts';
import { parseQuantity } from '../quantity.ts';
import type { Life } from './container-record.ts';

/** What a container uses at one moment. */
export interface Usage {
  readonly cpuNanocores: number;
  readonly memoryBytes: number;
}

const MEBIBYTE = 1024 ** 2;
const NANO = 1e9;
/** What a container without a request is taken to ask for. */
const MODEST_CPU = 0.05;
/** The kernel kills at the limit; a sample is a moment before. */
const BELOW_LIMIT = 0.985;
/** Usage moves once in this time, as a scrape of metrics-server does. */
const SCRAPE_MS = 15_000;

/**
 * What a running container uses: memory as its program needs it, growing while it starts and never above its limit; CPU
 * as a share of its request that moves slowly. Repeatable: the same container at the same moment uses the same.
 */
export function usageOf(container: Container, life: Life, key: string, now: number): Usage {
  const { requests = {}, limits = {} } = container.resources ?? {};
  const { memoryBytes, startupMs } = life.run;
  const wave = Math.sin((Math.floor(now / SCRAPE_MS) / 20 + fractionOf(key)) * 2 * Math.PI);
  const loaded = Math.min(1, ((now - life.startedAt) * life.scale) / Math.max(1, startupMs));
  const memory = memoryBytes * Math.max(0.1, loaded) * (0.97 + 0.03 * wave);
  const cpu = amount(requests['cpu'], MODEST_CPU) * (0.15 + 0.45 * fractionOf(`cpu/${key}`) + 0.08 * wave);
  return {
    cpuNanocores: Math.round(Math.min(cpu, amount(limits['cpu'], Number.POSITIVE_INFINITY)) * NANO),
    memoryBytes: Math.round(
      Math.min(memory, amount(limits['memory'], Number.POSITIVE_INFINITY) * BELOW_LIMIT),
    ),
  };
}

/** What a node's own programs use besides its pods. */
export function ownUsageOf(nodeName: string): Usage {
  const share = fractionOf(nodeName);
  return {
    cpuNanocores: Math.round((0.08 + 0.06 * share) * NANO),
    memoryBytes: Math.round((700 + 300 * share) * MEBIBYTE),
  };
}

/** Adds up what several use. */
export function sumUsage(usages: readonly Usage[]): Usage {
  return {
    cpuNanocores: usages.reduce((sum, { cpuNanocores }) => sum + cpuNanocores, 0),
    memoryBytes: usages.reduce((sum, { memoryBytes }) => sum + memoryBytes, 0),
  };
}

function amount(quantity: string | undefined, otherwise: number): number {
  const value = quantity === undefined ? Number.NaN : parseQuantity(quantity);
  return Number.isNaN(value) ? otherwise : value;
}

/** A number from 0 (inclusive) to 1 (exclusive) that belongs to this text (FNV-1a). */
function fractionOf(text: string): number {
  let hash = 0x811c9dc5;
  for (const char of text) hash = Math.imul(hash ^ char.charCodeAt(0), 0x01000193) >>> 0;
  return hash / 4294967296;
}
