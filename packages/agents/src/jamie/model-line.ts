import type { Reply, ReplySection } from '@jamie/core';
import { assertNever } from '@jamie/core';
import type { ModelUse } from './jamie-state.ts';

/** What an answer without a model ends in, as the commands say it. */
const WITHOUT = 'No model was used.';

/**
 * Says in the reply's last line what part a model had. A reply of a headline alone has no such line, and neither has a
 * refusal or a question back in which a model could have had none.
 */
export function withModelLine(reply: Reply, use: ModelUse): Reply {
  if (reply.tone === 'answer' && reply.sections.length === 0) return reply;
  if (reply.tone !== 'answer' && (use.kind === 'off' || use.kind === 'unused')) return reply;
  const said = describeUse(use);
  const sections = reply.sections.map(withoutClaim).filter(hasContent);
  const last = sections.at(-1);
  if (last?.kind !== 'text') return { ...reply, sections: [...sections, { kind: 'text', lines: [said] }] };
  return { ...reply, sections: [...sections.slice(0, -1), { ...last, lines: [...last.lines, said] }] };
}

/** The commands say that they used none; here it is said once, at the end, for the whole answer. */
function withoutClaim(section: ReplySection): ReplySection {
  if (section.kind !== 'text') return section;
  const lines = section.lines.map((line) =>
    line.endsWith(WITHOUT) ? line.slice(0, -WITHOUT.length).trimEnd() : line,
  );
  return { ...section, lines: lines.filter((line, index) => line !== '' || section.lines[index] === '') };
}

function hasContent(section: ReplySection): boolean {
  return section.kind !== 'text' || section.lines.length > 0;
}

function describeUse(use: ModelUse): string {
  switch (use.kind) {
    case 'off':
      return 'No model was used: it is off.';
    case 'unused':
      return WITHOUT;
    case 'used':
      return describeWork(use);
    case 'failed':
      return use.chose
        ? `The model ${use.model} chose what to look at; none of its words were used: ${use.reason}.`
        : `No model was used: ${use.reason}.`;
    default:
      return assertNever(use);
  }
}

function describeWork({ model, use }: Extract<ModelUse, { kind: 'used' }>): string {
  switch (use) {
    case 'chose':
      return `The model ${model} chose what to look at.`;
    case 'worded':
      return `The model ${model} put it in words.`;
    case 'chose and worded':
      return `The model ${model} chose what to look at and put it in words.`;
    default:
      return assertNever(use);
  }
}
