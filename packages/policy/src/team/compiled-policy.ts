import type { Condition } from './conditions.ts';
import type { Freeze, MaintenanceWindow, Rule, TeamPolicy } from './team-policy-schema.ts';

/** A team's policy with its conditions read. */
export interface CompiledPolicy {
  readonly document: TeamPolicy;
  readonly version: string;
  readonly rules: readonly { readonly rule: Rule; readonly condition: Condition }[];
  readonly freezes: readonly { readonly freeze: Freeze; readonly condition: Condition | undefined }[];
  readonly windows: readonly { readonly window: MaintenanceWindow; readonly condition: Condition }[];
}
