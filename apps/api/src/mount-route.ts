import { OpsError } from '@jamie/core';
import type { Hono } from 'hono';
import type { z } from 'zod';
import type { ApiContext } from './api-options.ts';
import { readJsonBody } from './read-json-body.ts';
import type { Route } from './route.ts';

const DEFAULT_BODY_LIMIT_BYTES = 64 * 1024;

/** Puts one route on the router: body cap, content type, schemas, handler. Authentication stands before all routes. */
export function mountRoute(app: Hono, route: Route, { directory, ids }: ApiContext): void {
  const limitBytes = route.bodyLimitBytes ?? DEFAULT_BODY_LIMIT_BYTES;
  app.on(route.method.toUpperCase(), route.path.replaceAll(/\{(\w+)\}/g, ':$1'), async (c) => {
    const params = route.params === undefined ? {} : parse(route.params, c.req.param());
    let body: unknown;
    if (route.body !== undefined) {
      const read = await readJsonBody(c.req.raw, limitBytes);
      if (read.kind === 'too_large') {
        const message = `The body is too large: at most ${limitBytes / 1024} KiB are read.`;
        return c.json({ error: { code: 'invalid_input', message, referenceId: ids.next('ref') } }, 413);
      }
      body = parse(route.body, read.value);
    }
    const answer = await route.handle({ params, body, person: directory.localPerson });
    if (answer.lines !== undefined) {
      const stream = ReadableStream.from(answer.lines).pipeThrough(new TextEncoderStream());
      return c.body(stream, 200, { 'content-type': 'application/jsonl' });
    }
    return answer.status === 204 ? c.body(null, 204) : c.json(answer.body, answer.status);
  });
}

function parse<Schema extends z.ZodType>(schema: Schema, input: unknown): z.output<Schema> {
  const parsed = schema.safeParse(input);
  if (parsed.success) return parsed.data;
  const problems = parsed.error.issues.map(({ path, message }) =>
    path.length === 0 ? message : `${path.join('.')}: ${message}`,
  );
  throw new OpsError('invalid_input', 'request is not valid', {
    userMessage: `The request is not valid: ${problems.join('; ')}.`,
  });
}
