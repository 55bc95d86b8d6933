import { z } from 'zod';
import type { Route } from './route.ts';
import { errorSchema } from './schemas/error-schema.ts';

type Json = Record<string, unknown>;

/** The OpenAPI 3.1 document of these routes, from the very schemas that check their input. */
export function renderOpenApiDocument(routes: readonly Route[], version: string): Json {
  const paths: Record<string, Json> = {};
  for (const route of routes) {
    paths[route.path] = { ...paths[route.path], [route.method]: renderOperation(route) };
  }
  return {
    openapi: '3.1.0',
    info: {
      title: 'Jamie & Scarlet',
      version,
      description:
        'Ask about clusters, read plans, decide them. Every error has a code explained in docs/errors.md.',
    },
    security: [{ token: [] }, { session: [] }],
    paths,
    components: {
      securitySchemes: {
        token: { type: 'http', scheme: 'bearer', description: 'The start-up token.' },
        session: {
          type: 'apiKey',
          in: 'cookie',
          name: 'jamie_session_<port>',
          description: 'Set by opening the printed link.',
        },
      },
      schemas: { Error: toSchema(errorSchema, 'output') },
    },
  };
}

function renderOperation(route: Route): Json {
  const answers = Object.entries(route.answers).map(([status, { description, schema }]) => [
    status,
    { description, ...(schema === undefined ? {} : jsonContent(toSchema(schema, 'output'))) },
  ]);
  return {
    operationId: route.operationId,
    summary: route.summary,
    ...(route.params === undefined ? {} : { parameters: renderParameters(route.params) }),
    ...(route.body === undefined
      ? {}
      : { requestBody: { required: true, ...jsonContent(toSchema(route.body, 'input')) } }),
    responses: {
      ...Object.fromEntries(answers),
      default: { description: 'An error.', ...jsonContent({ $ref: '#/components/schemas/Error' }) },
    },
  };
}

function renderParameters(params: z.ZodObject): readonly Json[] {
  return Object.entries(params.shape).map(([name, schema]) => ({
    name,
    in: 'path',
    required: true,
    schema: toSchema(schema as z.ZodType, 'input'),
  }));
}

function jsonContent(schema: Json): Json {
  return { content: { 'application/json': { schema } } };
}

function toSchema(schema: z.ZodType, io: 'input' | 'output'): Json {
  // Custom types (branded ids) document themselves through their metadata.
  const { $schema, ...rest } = z.toJSONSchema(schema, {
    target: 'draft-2020-12',
    io,
    unrepresentable: 'any',
  }) as Json;
  return rest;
}
