import type { Defect } from '../defect.ts';

const STREAM = 'packages/slack/src/stream';
const WRITER = `${STREAM}/slack-stream-writer`;
const PROGRESS = `${STREAM}/slack-progress`;
const DESK = 'packages/agents/src/desk';

/** Ways in which people could lose what they watch, read it twice, or wait for a stop. */
export const slackStreamDefects: readonly Defect[] = [
  {
    name: 'a stream is written to until Slack ends it',
    file: `${STREAM}/streamed-page.ts`,
    find: 'const ROLL_OVER_MS = 230_000;',
    replace: 'const ROLL_OVER_MS = 430_000;',
    suite: WRITER,
  },
  {
    name: 'text that was not confirmed is written again without a look',
    file: `${STREAM}/streamed-page.ts`,
    find: "return isOpen && (await this.#standsThere(ts, items)) ? { kind: 'written' } : failure;",
    replace: 'return isOpen ? failure : failure;',
    suite: WRITER,
  },
  {
    name: 'text that did not arrive is forgotten',
    file: `${WRITER}.ts`,
    find: "this.#queue.putBack(items, result.kind === 'wait' && result.isUncertain);",
    replace: "if (result.kind !== 'over') this.#queue.putBack(items, result.kind === 'wait');",
    suite: WRITER,
  },
  {
    name: 'a writer goes on after somebody else has ended its stream with the answer',
    file: `${WRITER}.ts`,
    find: "if ((await page.forget()) === 'taken') return this.#over.abort();",
    replace: 'await page.forget();',
    suite: WRITER,
  },
  {
    name: 'cards that are under way are left behind when a stream rolls over',
    file: `${WRITER}.ts`,
    find: 'this.#queue.putBack(running, true);',
    replace: 'if (running.length < 0) this.#queue.putBack(running, true);',
    suite: WRITER,
  },
  {
    name: 'words are cut where a piece is full',
    file: `${STREAM}/split-at-words.ts`,
    find: 'lengthOf(each) <= maximum ? [each] : [...each],',
    replace: '[...each],',
    suite: `${STREAM}/split-at-words`,
  },
  {
    name: 'an answer that ends a stream carries no mark',
    file: `${STREAM}/answer-streams.ts`,
    find: '      metadata: messageMark(messageId),\n',
    replace: '      ...(messageId === undefined && { metadata: messageMark(messageId) }),\n',
    suite: PROGRESS,
  },
  {
    name: 'an answer that its stream does not take is lost',
    file: `${STREAM}/answer-streams.ts`,
    find: 'if (!error.retryable) return undefined;',
    replace: 'if (!error.retryable) return stream.ts;',
    suite: PROGRESS,
  },
  {
    name: 'the stream of a dead process seems to be at work for ever',
    file: `${STREAM}/slack-progress.ts`,
    find: 'const left = await streams.listOf(place.requestId);',
    replace: 'const left = (await streams.listOf(place.requestId)).slice(0, 0);',
    suite: PROGRESS,
  },
  {
    name: 'text of a cluster makes links in a stream',
    file: `${STREAM}/escape-markdown.ts`,
    find: ".replaceAll(']', ",
    replace: ".replaceAll('\u0000', ",
    suite: `${STREAM}/escape-markdown`,
  },
  {
    name: 'a stop in another process is not heard',
    file: `${DESK}/abort-once-answered.ts`,
    find: 'context.running.abort(requestId);',
    replace: '',
    suite: `${DESK}/stop-at-once`,
  },
  {
    name: 'a button stops what was asked after the request that it means',
    file: `${DESK}/stop-at-once.ts`,
    find: 'press.requestId === undefined || (await isOpen(context, press.requestId))',
    replace: 'press.requestId === undefined || press.requestId.length > 0',
    suite: `${DESK}/stop-at-once`,
  },
];
