import { setImmediate as othersHadTheirTurn } from 'node:timers/promises';
import {
  AUDIT_START,
  type AuditHead,
  type AuditRecord,
  type CorrelationId,
  canonicalJson,
  type KeyRing,
  OpsError,
  type Store,
} from '@jamie/core';
import type { AuditKeeping } from './audit-keeping.ts';
import { EXPORT_FORMAT, type ExportLine, exportEndText } from './export-lines.ts';
import { headFinder } from './head-finder.ts';
import { signHead } from './keep-audit.ts';

export interface ExportRange {
  /** Records from the first that is not older. */
  readonly since?: number;
  /** Records to the last that is not younger, and on to the next signed head. */
  readonly until?: number;
  /** Who asked for it: the record says so. */
  readonly by: string;
}

export interface AuditExporting extends AuditKeeping {
  readonly keys: KeyRing;
}

const PAGE = 250;

/**
 * The audit as lines of JSON, for somebody who verifies it elsewhere. That it was exported goes on the record first, and
 * the end is signed, so that everything in the export is proven. Constant memory; throws what the store throws.
 */
export async function* exportAudit(
  exporting: AuditExporting,
  range: ExportRange,
): AsyncGenerator<string, void> {
  await recordExport(exporting, range);
  await signHead(exporting);
  for await (const line of exportLines(exporting, range)) yield `${canonicalJson(line)}\n`;
}

async function recordExport(
  { store, clock, ids }: AuditExporting,
  { by, ...range }: ExportRange,
): Promise<void> {
  const entry = {
    at: clock.now(),
    kind: 'audit.exported',
    actor: by,
    correlationId: ids.next('correlation') as CorrelationId,
    details: { ...range },
  };
  await store.commit([{ kind: 'audit.append', entry }]);
}

async function* exportLines(exporting: AuditExporting, range: ExportRange): AsyncGenerator<ExportLine, void> {
  const { store, signer, clock, keys } = exporting;
  const exportedAt = clock.now();
  const after = range.since === undefined ? undefined : await findBefore(store, range.since);
  const end = await findEnd(store, range.until);
  const begin = { ...(after !== undefined && { after }), keys: keys.keys };
  yield { kind: 'export', format: EXPORT_FORMAT, exportedAt, ...begin };
  const earlier = after === undefined ? yield* earlierLines(store) : { start: after, heads: 0 };
  let last = earlier.start;
  let { heads } = earlier;
  let records = 0;
  const findHead = headFinder(store, last.sequence);
  for await (const record of readRecords(store, last.sequence, end)) {
    yield { kind: 'record', record };
    last = { sequence: record.sequence, hash: record.hash };
    records += 1;
    const head = await findHead(record.sequence);
    if (head === undefined) continue;
    yield { kind: 'head', head };
    heads += 1;
  }
  const signature = signer.sign(exportEndText(exportedAt, after, { records, heads }, last));
  yield { kind: 'end', records, last, signature };
}

/** What stands in the place of removed records, and what was signed of them; returns where the records begin. */
async function* earlierLines(
  store: Store,
): AsyncGenerator<ExportLine, { readonly start: AuditHead; readonly heads: number }> {
  let start = AUDIT_START;
  for (let page = await store.listAuditRemovals(0, PAGE); page.length > 0; ) {
    for (const removal of page) {
      yield { kind: 'removal', removal };
      start = { sequence: removal.upTo, hash: removal.hash };
    }
    page = await store.listAuditRemovals(start.sequence, PAGE);
  }
  let count = 0;
  for (let after = 0; after < start.sequence; ) {
    const heads = await store.listAuditHeads(after, PAGE);
    for (const head of heads.filter(({ sequence }) => sequence <= start.sequence)) {
      yield { kind: 'head', head };
      count += 1;
    }
    after = heads.at(-1)?.sequence ?? start.sequence;
  }
  return { start, heads: count };
}

async function* readRecords(store: Store, start: number, end: number): AsyncGenerator<AuditRecord, void> {
  for (let after = start; after < end; ) {
    const page = await store.listAudit(after, Math.min(PAGE, end - after));
    const last = page.at(-1);
    if (last === undefined) return;
    yield* page;
    after = last.sequence;
    // Neither a read of the embedded store nor a sleep of no time gives way: a long export would hold everybody up.
    await othersHadTheirTurn();
  }
}

/** What the oldest record that is not older links to. */
async function findBefore(store: Store, since: number): Promise<AuditHead> {
  let oldest: AuditRecord | undefined;
  for (;;) {
    const page = await store.listRecentAudit({
      since,
      limit: PAGE,
      ...(oldest !== undefined && { beforeSequence: oldest.sequence }),
    });
    oldest = page.at(-1) ?? oldest;
    if (page.length < PAGE) break;
    await othersHadTheirTurn();
  }
  if (oldest === undefined) throw nothingThere();
  return { sequence: oldest.sequence - 1, hash: oldest.previousHash };
}

/** The newest record that is not younger, or the one behind it at which a head was signed. */
async function findEnd(store: Store, until: number | undefined): Promise<number> {
  let before: number | undefined;
  for (;;) {
    const page = await store.listRecentAudit({
      limit: PAGE,
      ...(before !== undefined && { beforeSequence: before }),
    });
    const found = page.find(({ entry }) => until === undefined || entry.at <= until);
    if (found !== undefined)
      return (await store.listAuditHeads(found.sequence - 1, 1)).at(0)?.sequence ?? found.sequence;
    before = page.at(-1)?.sequence;
    if (before === undefined) throw nothingThere();
    await othersHadTheirTurn();
  }
}

function nothingThere(): OpsError {
  return new OpsError('not_found', 'no audit records in this time', {
    userMessage: 'The audit has no records in that time. Leave --since and --until out to export all of it.',
  });
}
