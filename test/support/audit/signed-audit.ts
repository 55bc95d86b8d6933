import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { createAuditKeeper, walkAudit } from '@jamie/agents/audit';
import type { AuditFault, AuditHeadNotes, AuditRecord, SignedAuditHead, Store } from '@jamie/core';
import type { Database } from '@jamie/database';
import { type InstalledSigner, openHeadFile, openSigner, sha256 } from '@jamie/runtime';
import { openSqliteStore } from '@jamie/store';
import { anAuditEntry, FakeClock, RecordingLogger, SequentialIds } from '@jamie/testing';

/** Where the heads of the written audit stand; the last one covers all records. */
export const HEADS = [5, 12, 13, 20, 31, 40] as const;
export const RECORDS = 40;

/** What a trial expects to be found; `store and notes`: only there can it be. */
export interface Expectation {
  readonly expected: (fault: AuditFault) => boolean;
  readonly against: 'store' | 'store and notes';
}

/** A real file with real signatures. Trials change it within a transaction that is rolled back. */
export class SignedAudit {
  readonly database: Database;
  readonly #store: Store;
  readonly #signer: InstalledSigner;
  readonly #notes: AuditHeadNotes;
  /** A key that is not ours. */
  readonly foreign: InstalledSigner;
  records: readonly AuditRecord[] = [];
  heads: readonly SignedAuditHead[] = [];

  private constructor(database: Database, dataDir: string, elsewhere: string) {
    this.database = database;
    this.#store = openSqliteStore({ database, digest: sha256, clock: new FakeClock() });
    this.#signer = openSigner({ dataDir });
    mkdirSync(elsewhere);
    this.#notes = openHeadFile(join(elsewhere, 'heads.jsonl'));
    this.foreign = openSigner({ dataDir: elsewhere });
  }

  static async write(database: Database, dataDir: string, elsewhere: string): Promise<SignedAudit> {
    const audit = new SignedAudit(database, dataDir, elsewhere);
    await audit.#write();
    for (const { name } of database.all("SELECT name FROM sqlite_schema WHERE type = 'trigger'"))
      database.run(`DROP TRIGGER ${String(name)}`);
    return audit;
  }

  async #write(): Promise<void> {
    const keeper = createAuditKeeper({
      store: this.#store,
      signer: this.#signer,
      digest: sha256,
      clock: new FakeClock(),
      ids: new SequentialIds(),
      logger: new RecordingLogger(),
      headNotes: this.#notes,
    });
    for (let number = 1; number <= RECORDS; number += 1) {
      const details = {
        text: `Änderung ${number}: "scale"\n\u2028 5 → ${number}`,
        number,
        nested: { by: ['a', null] },
      };
      await this.#store.commit([{ kind: 'audit.append', entry: anAuditEntry({ at: number, details }) }]);
      if (HEADS.some((head) => head === number)) await keeper.stop();
    }
    this.records = await this.#store.listAudit(0, 1_000);
    this.heads = await this.#store.listAuditHeads(0, 1_000);
  }

  async verify(against: Expectation['against']): Promise<AuditFault | undefined> {
    const proof = { store: this.#store, digest: sha256, keys: this.#signer };
    const { fault } = await walkAudit(against === 'store' ? proof : { ...proof, headNotes: this.#notes });
    return fault;
  }

  /** Tampers, verifies, and puts everything back. */
  async tryTampering(tamper: (audit: SignedAudit) => Expectation | undefined) {
    this.database.run('BEGIN');
    try {
      const expectation = tamper(this);
      if (expectation === undefined) throw new Error('no such tampering');
      return { found: await this.verify(expectation.against), expected: expectation.expected };
    } finally {
      this.database.run('ROLLBACK');
    }
  }

  close(): void {
    this.database.close();
  }
}
