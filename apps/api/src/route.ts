import type { Principal } from '@jamie/core';
import type { ContentfulStatusCode } from 'hono/utils/http-status';
import type { z } from 'zod';

/** What a handler gets: input that its schemas have accepted, and the person who asks. */
interface RouteInput<Params, Body> {
  readonly params: Params;
  readonly body: Body;
  readonly person: Principal;
}

/** What a handler answers. No body: 204. */
interface RouteAnswer {
  readonly status: ContentfulStatusCode | 204;
  readonly body?: unknown;
  /** In the place of a body: lines of JSON, sent as they come. One that throws breaks the connection off. */
  readonly lines?: AsyncIterable<string>;
}

/** One status that a route may answer with; `schema` is absent where there is no JSON body. */
interface DocumentedAnswer {
  readonly description: string;
  readonly schema?: z.ZodType;
}

interface RouteShape {
  readonly method: 'get' | 'post' | 'delete';
  /** OpenAPI's spelling: `/v1/plans/{planId}`. */
  readonly path: string;
  readonly operationId: string;
  readonly summary: string;
  readonly answers: Readonly<Record<number, DocumentedAnswer>>;
  /** Default: 64 KiB. */
  readonly bodyLimitBytes?: number;
}

/** A route that demands authentication, described once for the router and for the OpenAPI document. */
export interface Route extends RouteShape {
  readonly params?: z.ZodObject;
  readonly body?: z.ZodType;
  handle(input: RouteInput<Record<string, unknown>, unknown>): Promise<RouteAnswer>;
}

interface TypedRoute<Params extends z.ZodObject, Body extends z.ZodType> extends RouteShape {
  readonly params?: Params;
  readonly body?: Body;
  handle(input: RouteInput<z.output<Params>, z.output<Body>>): Promise<RouteAnswer>;
}

/** Ties a handler's input to its schemas. */
export function defineRoute<
  Params extends z.ZodObject = z.ZodObject<Record<string, never>>,
  Body extends z.ZodType = z.ZodUndefined,
>(route: TypedRoute<Params, Body>): Route {
  // Sound: the router hands a handler only what these very schemas have parsed.
  return route as unknown as Route;
}
