export { closeCase } from './cases/close-case.ts';
export { createHealer } from './create-healer.ts';
export type {
  ForeignChange,
  ForeignChanges,
  Healer,
  HealingContext,
  HealingConversation,
  HealingReport,
  NewHealingCase,
  SweepReport,
} from './healing-context.ts';
