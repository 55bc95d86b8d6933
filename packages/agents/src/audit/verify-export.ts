import {
  type AuditFault,
  type AuditHead,
  type AuditRecord,
  AuditWalk,
  type AuditWalked,
  type Digest,
  type KeyRing,
  type PublicKey,
} from '@jamie/core';
import { type ExportLine, exportEndText, exportLineSchema } from './export-lines.ts';

export interface ExportVerification {
  readonly digest: Digest;
  /** Makes a ring of the keys that the export names. Throws config_invalid for one that is none. */
  readonly createKeyRing: (keys: readonly PublicKey[]) => KeyRing;
  /** The one key that may have signed it, as it was learnt elsewhere. Absent: any that the export names. */
  readonly trustedKeyId?: string;
}

export type ExportFinding =
  | {
      readonly kind: 'verified';
      readonly walked: AuditWalked;
      readonly fault?: AuditFault;
      readonly isPart: boolean;
    }
  /** It is no whole export: which line, and why. */
  | { readonly kind: 'not_an_export'; readonly line: number; readonly why: string };

type Fault = Extract<ExportFinding, { kind: 'not_an_export' }> | AuditFault;

/** Verifies an export line by line, without the service that wrote it. Constant memory. Throws what `lines` throws. */
export async function verifyExport(
  lines: AsyncIterable<string>,
  verification: ExportVerification,
): Promise<ExportFinding> {
  const reading = new ExportReading(verification);
  for await (const line of lines) {
    const fault = reading.read(line);
    if (fault !== undefined) return reading.finding(fault);
  }
  return reading.finding(reading.end());
}

class ExportReading {
  readonly #verification: ExportVerification;
  #line = 0;
  #begin: Extract<ExportLine, { kind: 'export' }> | undefined;
  #walk: AuditWalk | undefined;
  #keys: KeyRing | undefined;
  #hasEnded = false;

  constructor(verification: ExportVerification) {
    this.#verification = verification;
  }

  read(text: string): Fault | undefined {
    this.#line += 1;
    const line = parseLine(text);
    if (line === undefined) return this.#refuse('it is not what an export is made of');
    if (this.#hasEnded) return this.#refuse('it stands behind the end');
    if (line.kind === 'export') return this.#readBegin(line);
    if (this.#walk === undefined) return this.#refuse('the first line of an export is missing before it');
    return this.#readNext(line, this.#walk);
  }

  end(): Fault | undefined {
    if (this.#hasEnded) return undefined;
    this.#line += 1;
    return this.#walk?.end() ?? this.#refuse('the export was cut off: its last line is missing');
  }

  finding(fault: Fault | undefined): ExportFinding {
    if (fault?.kind === 'not_an_export') return fault;
    if (this.#walk === undefined) return this.#refuse('it is empty');
    const isPart = this.#begin?.after !== undefined;
    return { kind: 'verified', walked: this.#walk.walked, isPart, ...(fault !== undefined && { fault }) };
  }

  #readBegin(line: Extract<ExportLine, { kind: 'export' }>): Fault | undefined {
    if (this.#begin !== undefined) return this.#refuse('a second export begins');
    const { digest, createKeyRing, trustedKeyId } = this.#verification;
    const keys = createKeyRing(line.keys.filter(({ keyId }) => (trustedKeyId ?? keyId) === keyId));
    this.#begin = line;
    this.#keys = keys;
    this.#walk = new AuditWalk({ digest, keys, ...(line.after !== undefined && { after: line.after }) });
    return undefined;
  }

  #readNext(line: Exclude<ExportLine, { kind: 'export' }>, walk: AuditWalk): Fault | undefined {
    switch (line.kind) {
      case 'removal':
        return walk.removal(line.removal);
      case 'record':
        return walk.record(line.record);
      case 'head':
        return walk.head(line.head);
      default:
        return this.#readEnd(line, walk);
    }
  }

  #readEnd(line: Extract<ExportLine, { kind: 'end' }>, walk: AuditWalk): Fault | undefined {
    this.#hasEnded = true;
    const fault = walk.end();
    if (fault !== undefined) return fault;
    const { records, last, headsByKey } = walk.walked;
    const heads = [...headsByKey.values()].reduce((sum, count) => sum + count, 0);
    if (records !== line.records || !isSame(last, line.last))
      return { kind: 'fault', reason: 'cut_off', sequence: last.sequence + 1 };
    const text = exportEndText(this.#begin?.exportedAt ?? 0, this.#begin?.after, { records, heads }, last);
    if (this.#keys?.verify(text, line.signature) === true) return undefined;
    return this.#refuse(
      'what it signs is not this export: a line is missing or changed, or I do not know its key',
    );
  }

  #refuse(why: string): Extract<ExportFinding, { kind: 'not_an_export' }> {
    return { kind: 'not_an_export', line: this.#line, why };
  }
}

function parseLine(text: string): ExportLine | undefined {
  try {
    const parsed = exportLineSchema.safeParse(JSON.parse(text));
    if (!parsed.success) return undefined;
    const line = parsed.data;
    // What a record says is hashed as it is; its fields are of no concern here.
    return line.kind === 'record' ? { kind: 'record', record: line.record as unknown as AuditRecord } : line;
  } catch {
    // Whatever is no JSON is no line of an export, which is what the caller is told.
    return undefined;
  }
}

function isSame(one: AuditHead, other: AuditHead): boolean {
  return one.sequence === other.sequence && one.hash === other.hash;
}
