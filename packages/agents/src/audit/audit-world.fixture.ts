import { createHash } from 'node:crypto';
import type { AuditHeadNotes, SignedAuditHead, Store } from '@jamie/core';
import { type Database, openDatabase } from '@jamie/database';
import { openSqliteStore } from '@jamie/store';
import {
  anAuditEntry,
  createTemporaryDirectory,
  FakeClock,
  FakeSigner,
  RecordingLogger,
  SequentialIds,
} from '@jamie/testing';
import type { AuditKeeping } from './audit-keeping.ts';
import { type AuditKeeper, createAuditKeeper } from './keep-audit.ts';
import { type AuditFinding, walkAudit } from './walk-audit.ts';

/** A real store with an audit that is signed; `tamper` changes it as somebody with the file would. */
export class AuditWorld {
  readonly clock = new FakeClock();
  readonly signer = new FakeSigner();
  readonly logger = new RecordingLogger();
  readonly store: Store;
  readonly notes = new NotesInMemory();
  readonly #directory = createTemporaryDirectory();
  readonly database: Database = openDatabase({ directory: this.#directory.path });

  constructor() {
    this.store = openSqliteStore({ database: this.database, digest: sha256, clock: this.clock });
    const triggers = this.database.all("SELECT name FROM sqlite_schema WHERE type = 'trigger'");
    for (const { name } of triggers) this.database.run(`DROP TRIGGER ${String(name)}`);
  }

  keeping(over: Partial<AuditKeeping> = {}): AuditKeeping {
    const { store, signer, clock, logger } = this;
    return { store, signer, clock, logger, digest: sha256, ids: new SequentialIds(), ...over };
  }

  keeper(over: Partial<AuditKeeping> = {}): AuditKeeper {
    return createAuditKeeper(this.keeping(over));
  }

  async append(count: number): Promise<void> {
    const entry = anAuditEntry({ at: this.clock.now() });
    await this.store.commit(Array.from({ length: count }, () => ({ kind: 'audit.append', entry })));
  }

  async headNumbers(): Promise<readonly number[]> {
    return (await this.store.listAuditHeads(0, 1_000)).map(({ sequence }) => sequence);
  }

  async recordNumbers(): Promise<readonly number[]> {
    return (await this.store.listAudit(0, 1_000)).map(({ sequence }) => sequence);
  }

  verify(headNotes?: AuditHeadNotes): Promise<AuditFinding> {
    const { store, signer: keys } = this;
    return walkAudit({ store, keys, digest: sha256, ...(headNotes !== undefined && { headNotes }) });
  }

  destroy(): void {
    this.database.close();
    this.#directory.remove();
  }
}

class NotesInMemory implements AuditHeadNotes {
  readonly name = 'the notes';
  heads: readonly SignedAuditHead[] = [];

  async last(): Promise<SignedAuditHead | undefined> {
    return this.heads.at(-1);
  }

  async append(heads: readonly SignedAuditHead[]): Promise<void> {
    this.heads = [...this.heads, ...heads];
  }

  async *read(): AsyncGenerator<SignedAuditHead, void> {
    yield* this.heads;
  }
}

export function sha256(text: string): string {
  return createHash('sha256').update(text).digest('hex');
}
