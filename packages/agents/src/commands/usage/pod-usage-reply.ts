import { countOf, formatDuration, someOf, type UsageRow } from '@jamie/analysis';
import type { ReplyOption, ReplySection } from '@jamie/core';
import type { IntentOf } from '../../grammar/command-list.ts';
import { formatIntent } from '../../grammar/format-intent.ts';
import { freshnessNotes } from '../listing/freshness.ts';
import type { Look } from '../listing/look-at.ts';
import { pageOf, type Table } from '../listing/paging.ts';
import type { Outcome } from '../outcome.ts';
import { askedCell, formatAmount, nearWords, noteCell, usedCell } from './gauge-cells.ts';
import type { Usage } from './read-usage.ts';
import { chartFor } from './usage-chart.ts';

export interface PodUsage {
  readonly look: Look;
  readonly intent: IntentOf<'top'>;
  readonly usage: Usage;
  readonly rows: readonly UsageRow[];
  /** What a row is. */
  readonly noun: 'pod' | 'container';
  readonly now: number;
}

/** What pods or containers use beside what they ask for and may have. Pure. */
export function podUsageReply(shown: PodUsage): Outcome {
  const { look, intent, rows } = shown;
  const lines = notesOf(shown);
  const text: readonly ReplySection[] = lines.length === 0 ? [] : [{ kind: 'text', lines }];
  const base = { tone: 'answer', headline: headlineOf(shown), proposals: [] } as const;
  if (rows.length === 0) return { reply: { ...base, sections: text } };
  const page = pageOf(tableOf(shown), intent, look.stem);
  if (page.kind === 'no_page') return page.outcome;
  const chart = chartFor(rows, intent, `${shown.noun}s ${look.place}`, look.stem);
  return {
    reply: {
      ...base,
      sections: [page.section, ...text],
      followUps: [...page.followUps, ...waysOn(intent), ...chart.followUps],
      ...(page.files.length > 0 && { files: page.files }),
      ...(chart.charts.length > 0 && { charts: chart.charts }),
    },
  };
}

/** `7 pods in payments on demo use 640m CPU and 1.2Gi memory; one is near its limit: search-7d9f (memory limit).` */
function headlineOf({ look, usage, rows, noun }: PodUsage): string {
  const subject = `${countOf(rows.length, noun)} ${look.place}`;
  if (rows.length === 0) return `No ${noun}s ${look.place}.`;
  if (usage.kind === 'unmeasured') return `No usage of ${subject}: ${usage.why}`;
  const measured = rows.filter(({ cpu }) => cpu.used !== undefined);
  if (measured.length === 0)
    return `No usage of ${subject}: none of it runs now, or not for long enough to be measured.`;
  const cpu = formatAmount('cpu', sumOf(measured, 'cpu'));
  const memory = formatAmount('memory', sumOf(measured, 'memory'));
  const use = rows.length === 1 ? 'uses' : 'use';
  return `${subject} ${use} ${cpu} CPU and ${memory} memory${nearPart(rows)}.`;
}

function nearPart(rows: readonly UsageRow[]): string {
  const near = rows.filter((row) => nearWords(row) !== '');
  if (near.length === 0) return '';
  const named = someOf(near.map((row) => `${row.name} (${nearWords(row)})`));
  return `; near a limit: ${named}`;
}

function sumOf(rows: readonly UsageRow[], of: 'cpu' | 'memory'): number {
  return rows.reduce((sum, row) => sum + (row[of].used ?? 0), 0);
}

function notesOf({ look, usage, rows, now }: PodUsage): readonly string[] {
  const stale = freshnessNotes(look.snapshot);
  if (usage.kind === 'unmeasured') {
    return rows.length === 0
      ? stale
      : ['These are requests and limits alone, as the objects say; a dash is one that is not set.', ...stale];
  }
  const oldest = Math.min(...usage.samples.map(({ measuredAt }) => measuredAt));
  const age = Number.isFinite(oldest) ? [`Measured ${formatDuration(now - oldest)} ago.`] : [];
  const unmeasured = rows.filter((row) => row.unmeasured !== undefined).length;
  return [
    [...age, 'Percentages are of the limit; a dash is one that is not set.'].join(' '),
    ...(unmeasured === 0
      ? []
      : [`${unmeasured} of ${rows.length} have no sample: what does not run uses nothing.`]),
    ...stale,
  ];
}

function tableOf({ rows, usage, noun }: PodUsage): Table {
  const isWide = new Set(rows.map(({ namespace }) => namespace)).size > 1;
  const place = (row: UsageRow) => [...(isWide ? [row.namespace] : []), row.name];
  const head = [...(isWide ? ['Namespace'] : []), noun === 'pod' ? 'Pod' : 'Container'];
  if (usage.kind === 'unmeasured') {
    return {
      columns: [...head, 'CPU request / limit', 'Memory request / limit'],
      rows: rows.map((row) => [...place(row), askedCell('cpu', row.cpu), askedCell('memory', row.memory)]),
    };
  }
  return {
    columns: [...head, 'CPU', 'Request / limit', 'Memory', 'Request / limit', 'Note'],
    rows: rows.map((row) => [
      ...place(row),
      usedCell('cpu', row.cpu),
      askedCell('cpu', row.cpu),
      usedCell('memory', row.memory),
      askedCell('memory', row.memory),
      noteCell(row),
    ]),
  };
}

function waysOn(intent: IntentOf<'top'>): readonly ReplyOption[] {
  const by = intent.by === 'cpu' ? 'memory' : 'cpu';
  const other = { ...intent, by, page: 1 } as const;
  return [{ label: by === 'cpu' ? 'By CPU' : 'By memory', command: formatIntent(other) }];
}
