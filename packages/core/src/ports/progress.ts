import type { Conversation, Request } from '../requests/conversation.ts';

/** One thing that is being done for somebody. Ended once; what comes after that is ignored. */
export interface ProgressStep {
  /** `outcome`: a count and names, for example `12 pods, 2 not ready`. */
  done(outcome?: string): void;
  /** `reason`: in words for the person who waits. */
  failed(reason: string): void;
}

/**
 * What somebody sees of their request while it is worked on. For watching, never for truth: nothing here fails or
 * waits, and an answer never depends on it.
 */
export interface RequestProgress {
  /** `title`: a verb and where, in plain words, for example `Reading pods in payments`. */
  step(title: string): ProgressStep;
  /** What was found so far, in whole sentences; stands where the person reads, in this order, exactly once. */
  say(text: string): void;
  /** Everything said has been shown, or given up; the answer may follow. Never fails, takes five seconds at most. */
  end(): Promise<void>;
}

/** Shows work in progress where its answer will appear. */
export interface ProgressBoard {
  begin(work: { readonly request: Request; readonly conversation: Conversation }): RequestProgress;
}

const SILENT_STEP: ProgressStep = { done: () => undefined, failed: () => undefined };

/** Progress that nobody sees. */
export const SILENT_PROGRESS: RequestProgress = {
  step: () => SILENT_STEP,
  say: () => undefined,
  end: async () => undefined,
};

/** Where nobody watches. */
export const SILENT_BOARD: ProgressBoard = { begin: () => SILENT_PROGRESS };
