import type { JamieState } from './jamie-state.ts';

/** Where a run goes after understanding: a model chooses only where the grammar knew nothing. */
export function afterUnderstand({ understood }: JamieState): 'choose' | 'gather' | 'compose' | 'end' {
  switch (understood?.kind) {
    case 'hand_over':
      return 'end';
    case 'read':
      return understood.mayChoose ? 'choose' : 'gather';
    default:
      return understood?.mayChoose === true ? 'choose' : 'compose';
  }
}

/** After the choice: what was chosen is gathered; otherwise the person is asked. */
export function afterChoose({ understood }: JamieState): 'gather' | 'compose' {
  return understood?.kind === 'read' ? 'gather' : 'compose';
}

/** After gathering: a model that has not failed words what has evidence; an answer that belongs outside the graph ends it. */
export function afterGather({ understood, gathered, model }: JamieState): 'reason' | 'compose' | 'end' {
  if (understood?.kind === 'hand_over') return 'end';
  const hasEvidence = gathered?.reply.sections.some(({ kind }) => kind === 'evidence') === true;
  const mayWord = model.kind === 'unused' || model.kind === 'used';
  return hasEvidence && gathered.reply.tone === 'answer' && mayWord ? 'reason' : 'compose';
}
