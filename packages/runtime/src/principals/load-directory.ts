import { readFile } from 'node:fs/promises';
import { type Directory, type KubernetesIdentity, OpsError, type Principal } from '@jamie/core';
import type { z } from 'zod';
import { findDuplicates, type PrincipalsFile, principalsFileSchema } from './principals-file.ts';

/**
 * As whom the person at this machine acts in Kubernetes, unless the principals file says otherwise. The demo cluster
 * lets this group operate; on any other cluster it may do what somebody there has granted it.
 */
export const LOCAL_IDENTITY: KubernetesIdentity = Object.freeze({
  user: 'jamie:local',
  groups: Object.freeze(['jamie-operators']),
});

/**
 * Loads the directory of people. Without a file only the local person exists. Throws config_invalid with every
 * problem at once when the file cannot be read, is not YAML, or maps anybody to what nobody may be.
 */
export async function loadDirectory(path?: string): Promise<Directory> {
  return toDirectory(path === undefined ? { people: [] } : await readPrincipalsFile(path));
}

async function readPrincipalsFile(path: string): Promise<PrincipalsFile> {
  let text: string;
  try {
    text = await readFile(path, 'utf8');
  } catch (error) {
    throw invalid(path, ['it cannot be read; check the path and its permissions'], error);
  }
  const document = await parseYaml(path, text);
  const parsed = principalsFileSchema.safeParse(document);
  if (!parsed.success) throw invalid(path, parsed.error.issues.map(describeIssue));
  const duplicates = findDuplicates(parsed.data);
  if (duplicates.length > 0) throw invalid(path, duplicates);
  return parsed.data;
}

async function parseYaml(path: string, text: string): Promise<unknown> {
  const { parseDocument } = await import('yaml');
  const document = parseDocument(text);
  if (document.errors.length > 0) {
    throw invalid(
      path,
      document.errors.map((error) => error.message.split('\n')[0] ?? error.code),
    );
  }
  // An empty file is a file without people.
  return document.toJS({ maxAliasCount: 100 }) ?? {};
}

function toDirectory(file: PrincipalsFile): Directory {
  const people = new Map<string, Principal>();
  for (const { name, slack, kubernetes } of file.people) {
    const id = `slack:${slack.team}:${slack.user}`;
    people.set(id, Object.freeze({ id, displayName: name, kubernetes, source: 'slack' }));
  }
  const localPerson: Principal = Object.freeze({
    id: 'local',
    displayName: file.local?.name ?? 'Local person',
    kubernetes: file.local?.kubernetes ?? LOCAL_IDENTITY,
    source: 'local',
  });
  return {
    localPerson,
    findSlackPerson: (teamId, userId) => people.get(`slack:${teamId}:${userId}`),
  };
}

function describeIssue(issue: z.core.$ZodIssue): string {
  const path = issue.path.map((key) => (typeof key === 'number' ? `[${key}]` : `.${String(key)}`)).join('');
  return `${path.replace(/^\./, '') || 'the file'}: ${issue.message}`;
}

function invalid(path: string, problems: readonly string[], cause?: unknown): OpsError {
  const lines = problems.map((problem) => `  ${problem}`).join('\n');
  return new OpsError('config_invalid', 'principals file is not valid', {
    userMessage: `PRINCIPALS_FILE ${path} is not valid. Mend these and start again:\n${lines}`,
    details: { path, problems },
    cause,
  });
}
