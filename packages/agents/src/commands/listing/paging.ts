import { countOf } from '@jamie/analysis';
import type { ReplyFile, ReplyOption, ReplySection } from '@jamie/core';
import type { IntentOf } from '../../grammar/command-list.ts';
import { formatIntent } from '../../grammar/format-intent.ts';
import { type Outcome, refusal } from '../outcome.ts';
import { alignColumns } from './align-columns.ts';
import type { LookingIntent } from './look-at.ts';

/** Rows of a table in one message; the rest is on the next page, and in a file. */
const PAGE_ROWS = 20;

type PagedIntent = LookingIntent | IntentOf<'detections'>;

export interface Table {
  readonly columns: readonly string[];
  readonly rows: readonly (readonly string[])[];
}

/** One page of a table with what leads on, or the refusal of a page that is not there. */
export type TablePage =
  | {
      readonly kind: 'page';
      /** Which rows it shows: the index of the first, and how many. */
      readonly first: number;
      readonly count: number;
      readonly section: ReplySection;
      readonly files: readonly ReplyFile[];
      readonly followUps: readonly ReplyOption[];
    }
  | { readonly kind: 'no_page'; readonly outcome: Outcome };

/**
 * Cuts the page that was asked for out of a table. Where it has more than one page, a file with the first holds the whole
 * table; with each page it would be stored and sent once more.
 */
export function pageOf(table: Table, intent: PagedIntent, stem: string): TablePage {
  const { columns, rows } = table;
  const pages = Math.max(1, Math.ceil(rows.length / PAGE_ROWS));
  if (intent.page > pages) {
    const last = formatIntent({ ...intent, page: pages });
    return {
      kind: 'no_page',
      outcome: refusal(
        `There is no page ${intent.page}: the list has ${countOf(pages, 'page')}. Try: ${last}.`,
      ),
    };
  }
  const first = (intent.page - 1) * PAGE_ROWS;
  const shown = rows.slice(first, first + PAGE_ROWS);
  const title = `${first + 1} to ${first + shown.length} of ${rows.length} (page ${intent.page} of ${pages})`;
  return {
    kind: 'page',
    first,
    count: shown.length,
    section: { kind: 'table', ...(pages > 1 && { title }), columns, rows: shown },
    files: pages > 1 && intent.page === 1 ? [fileOf(table, `${intent.kind}-${stem}`)] : [],
    followUps:
      intent.page < pages
        ? [{ label: 'Next page', command: formatIntent({ ...intent, page: intent.page + 1 }) }]
        : [],
  };
}

function fileOf(table: Table, stem: string): ReplyFile {
  return {
    name: `${stem.replaceAll(/[^\w.-]+/g, '-').slice(0, 100)}.txt`,
    title: `All ${table.rows.length} rows`,
    text: alignColumns(table.columns, table.rows),
  };
}
