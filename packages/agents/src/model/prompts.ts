import { readFileSync } from 'node:fs';
import { OpsError } from '@jamie/core';
import { type PromptTemplate, parsePrompt } from './prompt-template.ts';

/** Every prompt of Jamie's, from `prompts/jamie`. */
export interface Prompts {
  readonly wordFindings: PromptTemplate<'most_sentences'>;
  readonly findings: PromptTemplate<'question' | 'facts' | 'evidence'>;
  readonly chooseReadTool: PromptTemplate<'tools'>;
  readonly question: PromptTemplate<'question' | 'names'>;
}

const FOLDER = new URL('../../../../prompts/jamie/', import.meta.url);
let loaded: Prompts | undefined;

/** Reads the prompts with the first call and keeps them. Throws config_invalid when one is missing or spoilt. */
export function loadPrompts(): Prompts {
  loaded ??= {
    wordFindings: load('word-findings.md', ['most_sentences']),
    findings: load('findings.md', ['question', 'facts', 'evidence']),
    chooseReadTool: load('choose-read-tool.md', ['tools']),
    question: load('question.md', ['question', 'names']),
  };
  return loaded;
}

function load<const Name extends string>(file: string, names: readonly Name[]): PromptTemplate<Name> {
  return parsePrompt(read(file), `prompts/jamie/${file}`, names);
}

function read(file: string): string {
  try {
    return readFileSync(new URL(file, FOLDER), 'utf8');
  } catch (cause) {
    throw new OpsError('config_invalid', 'a prompt cannot be read', {
      userMessage: `The prompt prompts/jamie/${file} cannot be read. Restore the file as it was delivered.`,
      details: { file },
      cause,
    });
  }
}
