import { readFileSync } from 'node:fs';
import { OpsError } from '@jamie/core';
import type { z } from 'zod';
import { systemErrorCode } from '../system-error.ts';
import { type Concern, type Environment, listVariables, type Variable } from './variable.ts';

/** What is wrong with one variable, and what to do. Never quotes a secret. */
export interface ConfigProblem {
  readonly variable: string;
  readonly problem: string;
}

/** One concern's values, or everything that is wrong with them. */
export type ReadVariables<Value> =
  | { readonly kind: 'ok'; readonly value: Value }
  | { readonly kind: 'problems'; readonly problems: readonly ConfigProblem[] };

/**
 * Reads one concern from the environment. An empty variable counts as absent; a secret may be given as the path of a
 * file in `<NAME>_FILE` instead, whose trailing line break is dropped.
 */
export function readVariables<Schema extends Concern>(
  concern: Schema,
  environment: Environment,
  defaults: Readonly<Record<string, string>> = {},
): ReadVariables<z.output<Schema>> {
  const problems: ConfigProblem[] = [];
  const input: Record<string, string> = { ...defaults };
  for (const variable of listVariables(concern)) {
    const raw = readRaw(variable, environment);
    if (raw.kind === 'problem') problems.push({ variable: raw.variable, problem: raw.problem });
    else if (raw.text !== undefined) input[variable.name] = raw.text;
  }
  const parsed = concern.safeParse(input);
  if (parsed.success && problems.length === 0) return { kind: 'ok', value: parsed.data as z.output<Schema> };
  const unreadable = new Set(problems.map((problem) => problem.variable.replace(/_FILE$/, '')));
  for (const issue of parsed.error?.issues ?? []) {
    const variable = String(issue.path[0] ?? '');
    if (!unreadable.has(variable)) problems.push({ variable, problem: describeIssue(issue) });
  }
  return { kind: 'problems', problems };
}

/** The refusal to start: every problem on its own line. */
export function configInvalid(problems: readonly ConfigProblem[]): OpsError {
  const lines = problems.map(({ variable, problem }) => `  ${variable}: ${problem}`);
  const userMessage = `The configuration is not valid. Mend these and start again:\n${lines.join('\n')}`;
  return new OpsError('config_invalid', 'configuration is not valid', { userMessage, details: { problems } });
}

type Raw =
  | { readonly kind: 'text'; readonly text: string | undefined }
  | ({ readonly kind: 'problem' } & ConfigProblem);

function readRaw(variable: Variable, environment: Environment): Raw {
  const direct = presentOrUndefined(environment[variable.name]);
  const fileVariable = `${variable.name}_FILE`;
  const path = variable.secret ? presentOrUndefined(environment[fileVariable]) : undefined;
  if (path === undefined) return { kind: 'text', text: direct };
  if (direct !== undefined) {
    return {
      kind: 'problem',
      variable: fileVariable,
      problem: `is set as well as ${variable.name}; remove one of the two`,
    };
  }
  return readSecretFile(fileVariable, path);
}

function readSecretFile(variable: string, path: string): Raw {
  try {
    const text = readFileSync(path, 'utf8').replace(/\r?\n$/, '');
    if (text !== '') return { kind: 'text', text };
    return { kind: 'problem', variable, problem: `names the file ${path}, which is empty` };
  } catch (error) {
    const code = systemErrorCode(error) ?? 'unknown error';
    return { kind: 'problem', variable, problem: `names the file ${path}, which cannot be read (${code})` };
  }
}

function presentOrUndefined(text: string | undefined): string | undefined {
  const trimmed = text?.trim();
  return trimmed === '' ? undefined : trimmed;
}

function describeIssue(issue: z.core.$ZodIssue): string {
  if (issue.code === 'invalid_value') return `must be one of ${issue.values.map(String).join(', ')}`;
  return issue.message;
}
