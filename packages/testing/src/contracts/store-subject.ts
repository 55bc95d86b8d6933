import type { ChildProcess } from 'node:child_process';
import type { Digest, Inbox, Store } from '@jamie/core';
import type { FakeClock } from '../fakes/fake-clock.ts';

/** A store under test, with the inbox that shares its data. */
export interface StoreSubject {
  readonly store: Store;
  readonly inbox: Inbox;
  readonly clock: FakeClock;
  readonly digest: Digest;
  /** Another store on the same data over a connection of its own, as another thread or process would have. */
  openSecondStore(): Promise<Store>;
  openSecondInbox(): Promise<Inbox>;
  /** Closes everything and removes the data. */
  destroy(): Promise<void>;
}

export interface StoreContractOptions {
  readonly name: string;
  readonly create: () => Promise<StoreSubject>;
  readonly capabilities: {
    /**
     * Starts a process that opens the subject's data and commits `numberedCommit(series, n)` for n = 0, 1, 2, …
     * without end, writing the number as a line to its standard output after each commit that returned. Absent: the
     * store lives in this process alone and has nothing that survives it.
     */
    readonly spawnCommitter?: (subject: StoreSubject, series: string) => ChildProcess;
  };
}
