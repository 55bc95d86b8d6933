import { type Clock, OpsError } from '@jamie/core';
import {
  type ClientSession,
  type Collection,
  type Db,
  type Document,
  type MongoClient,
  MongoError,
  MongoNetworkError,
  MongoServerSelectionError,
} from 'mongodb';
import {
  type DatabasePlace,
  isDuplicateKey,
  isTransient,
  isWriteConflict,
  toMongoError,
} from './mongo-error.ts';

/** Others may be first this often; with the pauses between, about ten seconds. */
const MOST_CONFLICTS = 40;
const CONFLICT_PAUSE = { firstMs: 5, longestMs: 500 };
/** A primary that went away is given as many chances: the driver may hold on to it for some more. */
const MOST_FAILURES = 6;
const FAILURE_PAUSE = { firstMs: 50, longestMs: 2_000 };
const MOST_COMMIT_ATTEMPTS = 3;
const MOST_COMMIT_MS = 10_000;

/** Stands in the database when the transaction of this id holds, and where its place was taken when it cannot. */
export interface CommitMarker extends Document {
  readonly _id: string;
  readonly at: Date;
  /** Written after the fact, so that a transaction whose end nobody heard of can no longer commit. */
  readonly isVoid: boolean;
}

export interface TransactionOptions {
  /** The client and the database of this moment. */
  readonly link: { readonly client: MongoClient; readonly database: Db };
  readonly place: DatabasePlace;
  readonly clock: Clock;
  /** From 0 to below 1: spreads out those who wait for the same document. */
  readonly random: () => number;
  readonly newId: () => string;
}

type Attempt<T> =
  | { readonly kind: 'done'; readonly value: T }
  | { readonly kind: 'undone'; readonly error: unknown };

/**
 * Runs `body` in one multi-document transaction and commits it when `holds` says so of its value. Body runs again when
 * another transaction was first or the primary went away, so it must have no effect but through the session. Returns
 * only what certainly holds or certainly was undone; fails with `unavailable` or `timeout` when nothing was written, and
 * with `unavailable` and the detail `outcome: unknown` when the database stayed away before it could say.
 */
export async function runTransaction<T>(
  options: TransactionOptions,
  body: (session: ClientSession) => Promise<T>,
  holds: (value: T) => boolean,
): Promise<T> {
  let conflicts = 0;
  let failures = 0;
  for (;;) {
    const attempt = await attemptTransaction(options, body, holds);
    if (attempt.kind === 'done') return attempt.value;
    if (isWriteConflict(attempt.error)) conflicts += 1;
    else failures += 1;
    if (conflicts > MOST_CONFLICTS || failures > MOST_FAILURES)
      throw toMongoError(attempt.error, options.place);
    const pause = isWriteConflict(attempt.error)
      ? pauseMs(conflicts, CONFLICT_PAUSE, options.random)
      : pauseMs(failures, FAILURE_PAUSE, options.random);
    await options.clock.sleep(pause);
  }
}

/** Full jitter, as in AWS Architecture Blog, "Exponential Backoff And Jitter". Pure. */
function pauseMs(
  attempts: number,
  { firstMs, longestMs }: { readonly firstMs: number; readonly longestMs: number },
  random: () => number,
): number {
  return Math.ceil(random() * Math.min(longestMs, firstMs * 2 ** attempts));
}

async function attemptTransaction<T>(
  options: TransactionOptions,
  body: (session: ClientSession) => Promise<T>,
  holds: (value: T) => boolean,
): Promise<Attempt<T>> {
  const session = options.link.client.startSession();
  const commitId = options.newId();
  try {
    session.startTransaction({
      readConcern: { level: 'snapshot' },
      writeConcern: { w: 'majority', j: true },
      readPreference: 'primary',
      maxCommitTimeMS: MOST_COMMIT_MS,
    });
    const value = await body(session);
    if (!holds(value)) {
      await session.abortTransaction();
      return { kind: 'done', value };
    }
    await commitsOf(options).insertOne(marker(options, commitId, false), { session });
    return await commit(options, session, { commitId, value });
  } catch (error) {
    if (session.inTransaction()) await session.abortTransaction();
    // Who found no primary has waited for one already.
    if (error instanceof MongoServerSelectionError) throw toMongoError(error, options.place);
    if (isTransient(error) || isWriteConflict(error) || error instanceof MongoNetworkError)
      return { kind: 'undone', error };
    throw toMongoError(error, options.place);
  } finally {
    await session.endSession();
  }
}

function commitsOf({ link }: TransactionOptions): Collection<CommitMarker> {
  return link.database.collection<CommitMarker>('commits');
}

interface Outcome<T> {
  readonly commitId: string;
  readonly value: T;
}

async function commit<T>(
  options: TransactionOptions,
  session: ClientSession,
  { commitId, value }: Outcome<T>,
): Promise<Attempt<T>> {
  let failure: unknown;
  for (let attempt = 1; attempt <= MOST_COMMIT_ATTEMPTS; attempt += 1) {
    try {
      await session.commitTransaction();
      return { kind: 'done', value };
    } catch (error) {
      failure = error;
      // Asking again is answered truthfully as long as the server knows the session; what it has undone it says so of.
      if (isTransient(error) || !(error instanceof MongoError)) break;
    }
  }
  return (await isCommitted(options, session, { commitId, cause: failure }))
    ? { kind: 'done', value }
    : { kind: 'undone', error: failure };
}

interface Doubt {
  readonly commitId: string;
  /** What the commit answered last. */
  readonly cause: unknown;
}

/**
 * Settles what no answer said. Taking the marker's place succeeds only where the transaction did not commit. It is a
 * newer write of the same session, at which the server ends the transaction if it is still open and after which it
 * refuses a commit that comes late. Where the marker stands already, a majority must have it.
 */
async function isCommitted(
  options: TransactionOptions,
  session: ClientSession,
  { commitId, cause }: Doubt,
): Promise<boolean> {
  const { place } = options;
  try {
    await commitsOf(options).insertOne(marker(options, commitId, true), { session });
    return false;
  } catch (error) {
    if (!isDuplicateKey(error)) throw unknownOutcome(place, cause);
  }
  const found = await findMarker(options, { commitId, cause });
  if (found === null) throw unknownOutcome(place, cause);
  return !found.isVoid;
}

async function findMarker(options: TransactionOptions, { commitId, cause }: Doubt) {
  try {
    return await commitsOf(options).findOne({ _id: commitId }, { readConcern: { level: 'majority' } });
  } catch {
    throw unknownOutcome(options.place, cause);
  }
}

function marker({ clock }: TransactionOptions, commitId: string, isVoid: boolean): CommitMarker {
  return { _id: commitId, at: new Date(clock.now()), isVoid };
}

function unknownOutcome(place: DatabasePlace, cause: unknown): OpsError {
  return new OpsError('unavailable', 'the database went away in the middle of a commit', {
    cause,
    details: { ...place, outcome: 'unknown' },
    userMessage: `MongoDB at ${place.hosts} went away in the middle of a change, so it is not known whether the change was recorded. Check that it has a primary, then look at the state before you try again.`,
  });
}
