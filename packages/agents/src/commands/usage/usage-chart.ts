import { formatMemory, type Resource, shareOf, type UsageRow } from '@jamie/analysis';
import {
  type ChartBar,
  MAX_CHART_BARS,
  MIN_CHART_BARS,
  type ReplyChart,
  type ReplyOption,
} from '@jamie/core';
import type { IntentOf } from '../../grammar/command-list.ts';
import { formatIntent } from '../../grammar/format-intent.ts';
import { formatAmount, percent } from './gauge-cells.ts';

const MEBIBYTE = 1024 ** 2;
const NAMES: Readonly<
  Record<Resource, { readonly name: string; readonly unit: string; readonly divisor: number }>
> = {
  cpu: { name: 'CPU', unit: 'milli-cores', divisor: 1 },
  memory: { name: 'Memory', unit: 'MiB', divisor: MEBIBYTE },
};

/** What a reply about usage has of charts. */
interface OfferedChart {
  readonly charts: readonly ReplyChart[];
  readonly followUps: readonly ReplyOption[];
}

/** The chart where it was asked for, otherwise the offer of one; neither where there is nothing to draw. Pure. */
export function chartFor(
  rows: readonly UsageRow[],
  intent: IntentOf<'top'>,
  subject: string,
  stem: string,
): OfferedChart {
  const chart = usageChart(rows, intent.by, subject, stem);
  if (chart === undefined) return { charts: [], followUps: [] };
  if (intent.chart) return { charts: [chart], followUps: [] };
  return {
    charts: [],
    followUps: [{ label: 'As a chart', command: formatIntent({ ...intent, chart: true }) }],
  };
}

/**
 * What the busiest rows use, as bars with their limits; undefined where too few are measured for a picture to say more
 * than words. Pure. `subject`: what the rows are and where, for example `pods in shop on demo`.
 */
function usageChart(
  rows: readonly UsageRow[],
  by: Resource,
  subject: string,
  stem: string,
): ReplyChart | undefined {
  const measured = rows.filter((row) => row[by].used !== undefined).slice(0, MAX_CHART_BARS);
  const [busiest] = measured;
  if (measured.length < MIN_CHART_BARS || busiest === undefined) return undefined;
  const { name, unit } = NAMES[by];
  return {
    name: `${by}-${stem}.png`,
    title: `${name} of ${subject}`,
    description: `${name} of ${measured.length} ${subject}, the busiest first: ${describe(busiest, by)} uses most.`,
    unit,
    bars: measured.map((row) => barOf(row, by)),
  };
}

function barOf(row: UsageRow, by: Resource): ChartBar {
  const { used = 0, limit, allocatable } = row[by];
  const end = limit ?? allocatable;
  const { divisor } = NAMES[by];
  return { label: row.name, value: used / divisor, ...(end !== undefined && { limit: end / divisor }) };
}

function describe(row: UsageRow, by: Resource): string {
  const share = shareOf(row[by]);
  const used = by === 'memory' ? formatMemory(row.memory.used ?? 0) : formatAmount('cpu', row.cpu.used);
  return `${row.name} (${used}${share === undefined ? '' : `, ${percent(share)} of what it may have`})`;
}
