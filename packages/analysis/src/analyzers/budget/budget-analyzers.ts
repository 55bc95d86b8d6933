import type { Analyzer } from '../define-analyzer.ts';
import { budgetAsksTooMuch } from './budget-asks-too-much.ts';
import { budgetBlocksEvictions } from './budget-blocks-evictions.ts';
import { budgetNotComputed } from './budget-not-computed.ts';
import { budgetSelectsNothing } from './budget-selects-nothing.ts';
import { overlappingBudgets } from './overlapping-budgets.ts';

/** The detections about disruption budgets, in the order of their codes. */
export const BUDGET_ANALYZERS: readonly Analyzer[] = [
  budgetBlocksEvictions,
  budgetAsksTooMuch,
  budgetNotComputed,
  budgetSelectsNothing,
  overlappingBudgets,
];
