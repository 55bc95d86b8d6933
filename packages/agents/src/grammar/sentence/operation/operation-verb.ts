import type { JoinableIntent } from '../../parse-together.ts';

/** The changes that have words of their own; scale, restart and rollback are read apart. */
export type OperandCommand = Exclude<JoinableIntent['kind'], 'scale' | 'restart' | 'rollback'>;
