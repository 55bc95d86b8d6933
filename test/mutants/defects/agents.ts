import type { Defect } from '../defect.ts';

const AGENTS = 'packages/agents/src';
const JAMIE = `${AGENTS}/jamie`;
const SCARLET = `${AGENTS}/scarlet`;
const REPLAY = 'test/replay';

/** Ways in which a graph could repeat an effect, believe what it is told, or lose what a person waits for. */
export const agentsDefects: readonly Defect[] = [
  {
    name: 'a resumed graph runs its finished nodes again',
    file: `${JAMIE}/run-jamie.ts`,
    find: 'endingOf(await graph.invoke(null, options))',
    replace: 'endingOf(await graph.invoke(firstState(run), options))',
    suite: JAMIE,
  },
  {
    name: 'a change is planned inside a node of the graph',
    file: `${JAMIE}/nodes/understand.ts`,
    find: "if (!isRead(intent)) return { kind: 'hand_over', intent };",
    replace: '',
    suite: REPLAY,
  },
  {
    name: 'a sentence that makes a plan is handed to nobody who waits for its end',
    file: `${AGENTS}/commands/answer-request.ts`,
    find: 'return handToScarlet(await answerIntent(context, asked, ending.intent));',
    replace:
      'const outcome = await answerIntent(context, asked, ending.intent);\n  return handToScarlet({ ...outcome, isCard: false });',
    suite: SCARLET,
  },
  {
    name: 'Scarlet believes what she is woken with',
    file: `${SCARLET}/scarlet-graph.ts`,
    find: "interrupt({ planId, waitsFor: 'the end of the plan' });\n      return {};",
    replace: "return { ended: String(interrupt({ planId, waitsFor: 'the end of the plan' })) };",
    suite: SCARLET,
  },
  {
    name: 'an end that comes while Scarlet comes to rest is lost',
    file: `${SCARLET}/advance-scarlet.ts`,
    find: 'if (state?.ended === undefined && (await isOver(context, planId)))',
    replace: 'if (state === undefined && (await isOver(context, planId)))',
    suite: SCARLET,
  },
  {
    name: 'each time Scarlet is woken she says it anew',
    file: `${SCARLET}/closing-message.ts`,
    find: 'id: closingIdOf(plan.id),',
    replace: 'id: (closingIdOf(plan.id) + String(Math.random())) as MessageId,',
    suite: SCARLET,
  },
  {
    name: 'the end of a plan wakes nobody',
    file: 'packages/operations/src/announce.ts',
    find: 'if (!isTerminal(record.status)) return [];',
    replace: 'if (record.version > 0) return [];',
    suite: REPLAY,
  },
  {
    name: 'stop ends a request without asking whether it has just been answered',
    file: `${AGENTS}/commands/stop.ts`,
    find: "  if (result.kind !== 'committed') return false;\n",
    replace: '',
    suite: `${AGENTS}/commands/stop`,
  },
  {
    name: 'stop leaves running what it has ended',
    file: `${AGENTS}/commands/stop.ts`,
    find: 'context.running.abort(request.id);',
    replace: '',
    suite: JAMIE,
  },
  {
    name: 'stop withdraws plans of others',
    file: `${AGENTS}/commands/stop.ts`,
    find: 'return requester.id === person.id;',
    replace: 'return requester.id !== person.id || requester.source === person.source;',
    suite: `${AGENTS}/commands/stop`,
  },
  {
    name: 'words of the model leave unchecked',
    file: `${JAMIE}/nodes/check.ts`,
    find: "checkCitations(sentences.join(' '), groundsOfReply(gathered.reply)).sentences",
    replace: 'sentences.filter(() => groundsOfReply(gathered.reply) !== checkCitations)',
    suite: JAMIE,
  },
  {
    name: 'a checkpoint keeps secrets',
    file: `${JAMIE}/nodes/gather.ts`,
    find: "if (typeof value === 'string') return redactSecrets(value);",
    replace: "if (typeof value === 'string') return redactSecrets('') + value;",
    suite: JAMIE,
  },
  {
    name: 'a checkpoint of another version is taken for ours',
    file: `${JAMIE}/jamie-state.ts`,
    find: 'format: z.literal(JAMIE_STATE_FORMAT),',
    replace: 'format: z.number(),',
    suite: JAMIE,
  },
  {
    name: 'the state of an answered request is kept for ever',
    file: `${AGENTS}/desk/handle-request.ts`,
    find: 'if (await context.checkpoints.has(id)) await context.checkpoints.delete(id);',
    replace: '',
    suite: JAMIE,
  },
  {
    name: 'a question with the words of a command is taken for the command',
    file: `${AGENTS}/commands/answer-request.ts`,
    find: "return sentence.kind === 'intent' && formatIntent(sentence.intent) === formatIntent(intent);",
    replace: "return sentence.kind !== 'invalid' && formatIntent(intent) !== '';",
    suite: JAMIE,
  },
];
