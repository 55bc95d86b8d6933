import type { Digest } from '@jamie/core';
import { canonicalJson, describeIssue } from '@jamie/core';
import { POLICY_VERSION } from '../policy-version.ts';
import { autonomyProblems } from './autonomy-problems.ts';
import type { CompiledPolicy } from './compiled-policy.ts';
import { type Condition, readCondition } from './conditions.ts';
import { type TeamPolicy, teamPolicySchema } from './team-policy-schema.ts';

export type PolicyReading =
  | { readonly kind: 'compiled'; readonly policy: CompiledPolicy }
  /** Every problem at once, each with where it stands. */
  | { readonly kind: 'invalid'; readonly problems: readonly string[] };

/** Digits of the digest that name a version. */
const VERSION_DIGITS = 12;

/**
 * Reads a team's policy from a parsed file. Pure. Nothing of it is taken unless all of it is valid: a policy that was
 * taken in part would let through what its author forbade.
 */
export function compileTeamPolicy(file: unknown, digest: Digest): PolicyReading {
  const parsed = teamPolicySchema.safeParse(file);
  if (!parsed.success) return { kind: 'invalid', problems: parsed.error.issues.map(describeIssue) };
  const document = parsed.data;
  const problems: string[] = [...repeatedNames(document), ...autonomyProblems(document)];
  const condition = (path: string, text: string): Condition | undefined => {
    const reading = readCondition(text);
    if (reading.kind === 'condition') return reading.condition;
    problems.push(`${path}: ${reading.message}`);
    return undefined;
  };
  const rules = document.rules.map((rule, index) => ({
    rule,
    condition: condition(`rules[${index}].when`, rule.when),
  }));
  const freezes = document.freezes.map((freeze, index) => ({
    freeze,
    condition: freeze.when === undefined ? undefined : condition(`freezes[${index}].when`, freeze.when),
  }));
  const windows = document.maintenanceWindows.map((window, index) => ({
    window,
    condition: condition(`maintenanceWindows[${index}].when`, window.when),
  }));
  if (problems.length > 0) return { kind: 'invalid', problems };
  const version = `${document.name}@${digest(canonicalJson(document)).slice(0, VERSION_DIGITS)}+${POLICY_VERSION}`;
  const policy = { document, version, rules: rules.filter(isRead), freezes, windows: windows.filter(isRead) };
  return { kind: 'compiled', policy };
}

function isRead<Entry extends { readonly condition: Condition | undefined }>(
  entry: Entry,
): entry is Entry & { readonly condition: Condition } {
  return entry.condition !== undefined;
}

function repeatedNames({ rules, freezes, maintenanceWindows }: TeamPolicy): readonly string[] {
  const names = [...rules, ...freezes, ...maintenanceWindows].map(({ name }) => name);
  const repeated = new Set(names.filter((name, index) => names.indexOf(name) !== index));
  return [...repeated].map((name) => `${name}: the name stands twice; an explanation could not tell which`);
}
