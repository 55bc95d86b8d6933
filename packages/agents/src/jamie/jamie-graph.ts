import type { GraphCheckpoints } from '../graphs/graph-checkpoints.ts';
import { liveOf } from '../graphs/graph-options.ts';
import type { JamieRun } from './jamie-run.ts';
import type { JAMIE_STATE_FORMAT, JamieState } from './jamie-state.ts';
import { check } from './nodes/check.ts';
import { choose } from './nodes/choose.ts';
import { compose } from './nodes/compose.ts';
import { gather } from './nodes/gather.ts';
import { reason } from './nodes/reason.ts';
import { understand } from './nodes/understand.ts';
import { afterChoose, afterGather, afterUnderstand } from './routes.ts';

export type JamieGraph = Awaited<ReturnType<typeof buildJamieGraph>>;

const BUILT = new WeakMap<GraphCheckpoints, Promise<JamieGraph>>();

/** Jamie's graph over these checkpoints, built once. The graph library is loaded with the first one. */
export function loadJamieGraph(checkpoints: GraphCheckpoints): Promise<JamieGraph> {
  const known = BUILT.get(checkpoints);
  if (known !== undefined) return known;
  const built = buildJamieGraph(checkpoints);
  BUILT.set(checkpoints, built);
  // A load that failed is tried again by the next sentence.
  built.catch(() => BUILT.delete(checkpoints));
  return built;
}

/** understand → (choose) → gather → (reason → check) → compose; what has an effect leaves after understand. */
async function buildJamieGraph(checkpoints: GraphCheckpoints) {
  const [{ Annotation, END, START, StateGraph }, checkpointer] = await Promise.all([
    import('@langchain/langgraph'),
    checkpoints.loadSaver(),
  ]);
  const state = Annotation.Root({
    format: Annotation<typeof JAMIE_STATE_FORMAT>(),
    understood: Annotation<JamieState['understood']>(),
    gathered: Annotation<JamieState['gathered']>(),
    sentences: Annotation<JamieState['sentences']>(),
    model: Annotation<JamieState['model']>(),
    answer: Annotation<JamieState['answer']>(),
  });
  return new StateGraph(state)
    .addNode('understand', toNode(understand))
    .addNode('choose', toNode(choose))
    .addNode('gather', toNode(gather))
    .addNode('reason', toNode(reason))
    .addNode('check', toNode(check))
    .addNode('compose', toNode(compose))
    .addEdge(START, 'understand')
    .addConditionalEdges('understand', afterUnderstand, {
      choose: 'choose',
      gather: 'gather',
      compose: 'compose',
      end: END,
    })
    .addConditionalEdges('choose', afterChoose, { gather: 'gather', compose: 'compose' })
    .addConditionalEdges('gather', afterGather, { reason: 'reason', compose: 'compose', end: END })
    .addEdge('reason', 'check')
    .addEdge('check', 'compose')
    .addEdge('compose', END)
    .compile({ checkpointer });
}

type Node = (state: JamieState, run: JamieRun, signal: AbortSignal) => Promise<Partial<JamieState>>;

/** Hands a node the live side of its run. */
function toNode(node: Node) {
  return (state: JamieState, runtime: { readonly context?: unknown; readonly signal?: AbortSignal }) =>
    node(state, liveOf<JamieRun>(runtime), runtime.signal ?? NEVER);
}

const NEVER = new AbortController().signal;
