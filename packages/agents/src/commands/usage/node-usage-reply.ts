import { countOf, formatDuration, type NodeUsageRow, shareOf, someOf } from '@jamie/analysis';
import type { ReplySection } from '@jamie/core';
import type { IntentOf } from '../../grammar/command-list.ts';
import { formatIntent } from '../../grammar/format-intent.ts';
import { freshnessNotes } from '../listing/freshness.ts';
import type { Look } from '../listing/look-at.ts';
import { pageOf, type Table } from '../listing/paging.ts';
import type { Outcome } from '../outcome.ts';
import { formatAmount, nearWords, percent, requestedCell, usedCell } from './gauge-cells.ts';
import type { Usage } from './read-usage.ts';
import { chartFor } from './usage-chart.ts';

export interface NodeUsage {
  readonly look: Look;
  readonly intent: IntentOf<'top'>;
  readonly usage: Usage;
  readonly rows: readonly NodeUsageRow[];
  readonly now: number;
}

/** What nodes use, what their pods ask for, and what they may have. Pure. */
export function nodeUsageReply(shown: NodeUsage): Outcome {
  const { intent, look, rows } = shown;
  const lines = notesOf(shown);
  const text: readonly ReplySection[] = lines.length === 0 ? [] : [{ kind: 'text', lines }];
  const base = { tone: 'answer', headline: headlineOf(shown), proposals: [] } as const;
  if (rows.length === 0) return { reply: { ...base, sections: text } };
  const page = pageOf(tableOf(shown), intent, `nodes-${look.stem}`);
  if (page.kind === 'no_page') return page.outcome;
  const chart = chartFor(rows, intent, `nodes ${look.place}`, `nodes-${look.stem}`);
  const by = intent.by === 'cpu' ? 'memory' : 'cpu';
  const command = formatIntent({ ...intent, by, page: 1 });
  return {
    reply: {
      ...base,
      sections: [page.section, ...text],
      followUps: [
        ...page.followUps,
        { label: by === 'cpu' ? 'By CPU' : 'By memory', command },
        ...chart.followUps,
      ],
      ...(page.files.length > 0 && { files: page.files }),
      ...(chart.charts.length > 0 && { charts: chart.charts }),
    },
  };
}

/** `5 nodes on demo; the busiest by CPU is demo-worker-1 (34%).` */
function headlineOf({ look, intent, usage, rows }: NodeUsage): string {
  const subject = `${countOf(rows.length, 'node')} ${look.place}`;
  const [busiest] = rows;
  if (busiest === undefined) return `No nodes ${look.place} that I can see.`;
  if (usage.kind === 'unmeasured') return `No usage of ${subject}: ${usage.why}`;
  const near = rows.filter((row) => nearWords(row) !== '');
  const full =
    near.length === 0
      ? ''
      : `; nearly full: ${someOf(near.map((row) => `${row.name} (${nearWords(row).replace(/ limits?$/, '')})`))}`;
  const share = shareOf(busiest[intent.by]);
  const top = share === undefined ? '' : ` (${percent(share)} of what is allocatable)`;
  return `${subject}; the busiest by ${intent.by === 'cpu' ? 'CPU' : 'memory'} is ${busiest.name}${top}${full}.`;
}

function notesOf({ look, usage, rows, now }: NodeUsage): readonly string[] {
  const hidden = rows.some(({ pods }) => pods === undefined)
    ? ['What pods ask for is left out: it takes the right to list the pods of the whole cluster.']
    : [];
  const stale = freshnessNotes(look.snapshot);
  if (usage.kind === 'unmeasured') return [...hidden, ...stale];
  const oldest = Math.min(...usage.samples.map(({ measuredAt }) => measuredAt));
  const age = Number.isFinite(oldest) ? [`Measured ${formatDuration(now - oldest)} ago.`] : [];
  return [[...age, 'Percentages are of what is allocatable.'].join(' '), ...hidden, ...stale];
}

function tableOf({ rows, usage }: NodeUsage): Table {
  const isMeasured = usage.kind === 'measured';
  const used = (row: NodeUsageRow, of: 'cpu' | 'memory') => (isMeasured ? [usedCell(of, row[of])] : []);
  const columnsOf = (label: string) => [
    ...(isMeasured ? [label] : []),
    `${label} requested`,
    `${label} allocatable`,
  ];
  return {
    columns: ['Node', ...columnsOf('CPU'), ...columnsOf('Memory'), 'Pods', ...(isMeasured ? ['Note'] : [])],
    rows: rows.map((row) => [
      row.name,
      ...used(row, 'cpu'),
      requestedCell('cpu', row.cpu),
      formatAmount('cpu', row.cpu.allocatable),
      ...used(row, 'memory'),
      requestedCell('memory', row.memory),
      formatAmount('memory', row.memory.allocatable),
      row.pods === undefined ? '–' : String(row.pods),
      ...(isMeasured ? [noteOf(row)] : []),
    ]),
  };
}

function noteOf(row: NodeUsageRow): string {
  const near = nearWords(row).replace(/ limits?$/, '');
  return [
    ...(near === '' ? [] : [`nearly out of ${near}`]),
    ...(row.unmeasured === undefined ? [] : ['no sample']),
  ].join('; ');
}
