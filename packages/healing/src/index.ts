export type {
  ForeignChange,
  ForeignChanges,
  Healer,
  HealingContext,
  HealingConversation,
  HealingReport,
  NewHealingCase,
  Remedies,
  RemedyRequest,
  RemedyResult,
  SweepReport,
} from './healing-context.ts';
