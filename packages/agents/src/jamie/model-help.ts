import type { ChatModel, Reply } from '@jamie/core';
import { COMMANDS } from '../grammar/command-list.ts';
import { chooseReadTool } from '../model/choose-read-tool.ts';
import { groundsOfReply } from '../model/grounds.ts';
import { wordFindings } from '../model/word-findings.ts';

/** What Jamie asks of a model: words for what was found, and what to look at where the grammar does not know. */
export interface ModelHelp {
  /** The model's name, for the answer's last line. */
  readonly name: string;
  wordFindings(question: ModelQuestion, reply: Reply, signal: AbortSignal): Promise<Worded>;
  chooseReadTool(question: ModelQuestion, signal: AbortSignal): Promise<Chosen>;
}

export interface ModelQuestion {
  readonly text: string;
  /** Names of objects in the cluster, in lower case: a model may not bring one in that the findings do not name. */
  readonly otherNames: ReadonlySet<string>;
  /** Names that the conversation spoke of before. */
  readonly spokenOf: readonly string[];
}

export type Worded =
  | { readonly kind: 'worded'; readonly sentences: readonly string[] }
  | { readonly kind: 'nothing'; readonly reason: string };

export type Chosen =
  | { readonly kind: 'chosen'; readonly command: string }
  | { readonly kind: 'none'; readonly reason: string };

/** The help of a connected model. Its failures are results; only an aborted signal throws. */
export function modelHelpOf(model: ChatModel): ModelHelp {
  const tools = COMMANDS.filter(({ tier }) => tier === 'read');
  return {
    name: model.name,
    async wordFindings({ text, otherNames }, reply, signal) {
      const request = { question: text, grounds: groundsOfReply(reply), otherNames, signal };
      const result = await wordFindings(model, request);
      return result.kind === 'worded' ? result : { kind: 'nothing', reason: result.reason };
    },
    chooseReadTool: ({ text, spokenOf }, signal) =>
      chooseReadTool(model, { question: text, tools, names: spokenOf, signal }),
  };
}
