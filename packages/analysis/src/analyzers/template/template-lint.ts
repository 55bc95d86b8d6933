import type { Kind } from '@jamie/core';
import { toSingleLine } from '../../evidence/cluster-text.ts';
import { observeField } from '../../evidence/observe.ts';
import { refOf } from '../../snapshot/ref-of.ts';
import type { SnapshotIndex } from '../../snapshot/snapshot-index.ts';
import { capitalise, shortName } from '../../wording.ts';
import { type Analyzer, defineAnalyzer } from '../define-analyzer.ts';
import { findTemplates, type PodTemplate } from './pod-templates.ts';

/** What a template should not say, or should. */
export interface TemplateFlaw {
  /** The field under the template's spec, for example `hostNetwork`; empty for the spec itself. */
  readonly field: string;
  /** What the field says. */
  readonly says: string;
  /** The part of the template that has it, for example `container app`; absent for the whole. */
  readonly part?: string;
  /** The end of a sentence that begins with that part or with the object: "shares the network of its node". */
  readonly problem: string;
}

export interface TemplateLintDefinition {
  readonly code: string;
  readonly title: string;
  readonly sources?: readonly string[];
  readonly reads?: readonly Kind[];
  readonly helpedBy?: readonly Kind[];
  /** One sentence: what may come of it. */
  readonly consequence: string;
  readonly remedy: { readonly label: string; readonly advice: string };
  find(template: PodTemplate, index: SnapshotIndex): TemplateFlaw | undefined;
}

/** Kinds without which it cannot be told which templates there are. */
const TEMPLATE_KINDS: readonly Kind[] = ['Deployment', 'StatefulSet', 'DaemonSet', 'ReplicaSet', 'Pod'];

/**
 * An analyzer for the hygiene of a pod template: informative, and told only when asked for. It is told once for a template,
 * however many pods it has.
 */
export function defineTemplateLint(definition: TemplateLintDefinition): Analyzer {
  return defineAnalyzer({
    code: definition.code,
    title: definition.title,
    severity: 'info',
    tier: 'workload',
    reads: [...TEMPLATE_KINDS, ...(definition.reads ?? [])],
    helpedBy: ['Job', 'CronJob', ...(definition.helpedBy ?? [])],
    lint: true,
    ...(definition.sources !== undefined && { sources: definition.sources }),
    analyze: (index) =>
      findTemplates(index).flatMap((template) => {
        const flaw = definition.find(template, index);
        return flaw === undefined ? [] : [describe(index, definition, template, flaw)];
      }),
  });
}

function describe(
  index: SnapshotIndex,
  definition: TemplateLintDefinition,
  { view, path }: PodTemplate,
  flaw: TemplateFlaw,
) {
  const where = flaw.field === '' ? path : `${path}.${flaw.field}`;
  const problem = toSingleLine(flaw.problem, 240);
  const name = toSingleLine(shortName(refOf(view)), 260);
  const bearer = flaw.part === undefined ? name : `${capitalise(flaw.part)} of ${name}`;
  return {
    subject: refOf(view),
    summary: flaw.part === undefined ? problem : `${flaw.part} ${problem}`,
    since: view.createdAt,
    evidence: [observeField(view, toSingleLine(where, 120), flaw.says, index.takenAt)],
    related: [],
    pods: [],
    explanation: `${bearer} ${problem}: ${definition.consequence}.`,
    confidence: 'high' as const,
    remedies: [definition.remedy],
    templateMayCauseIt: false,
  };
}
