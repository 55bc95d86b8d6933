import type { FieldWrite } from './field-write.ts';

/** An operation compiled against the live object: what to write, and the facts that the risk depends on. */
export interface Compiled {
  readonly effect: 'scale' | 'restart' | 'rollback';
  /** What happens to what, without place, for example "Scale Deployment checkout 3 → 5". */
  readonly title: string;
  readonly write: FieldWrite;
  readonly currentReplicas: number;
  readonly wantedReplicas: number;
  readonly readyReplicas: number;
  readonly warnings: readonly string[];
}

export interface CompileRefusal {
  readonly kind: 'refused';
  readonly reason: 'no_change' | 'not_applicable' | 'no_such_revision' | 'nothing_to_undo';
  readonly message: string;
}

export type CompileResult = { readonly kind: 'compiled'; readonly compiled: Compiled } | CompileRefusal;

export function refuseCompile(reason: CompileRefusal['reason'], message: string): CompileRefusal {
  return { kind: 'refused', reason, message };
}
