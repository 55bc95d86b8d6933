import type { JsonObject, JsonValue } from '@jamie/core';
import { z } from 'zod';
import type { CommandName } from '../grammar/command-list.ts';
import type { CommandSpec } from '../grammar/command-spec.ts';

/** What a model is told of a command. */
export type ReadTool = Pick<CommandSpec<CommandName>, 'name' | 'tier' | 'summary' | 'usage' | 'parameters'>;

/** The tool that stands for none. */
export const NO_TOOL = 'none';

/**
 * What every server that constrains answers understands. Patterns and bounds are left out, because some servers refuse
 * a whole request for them; the command's own schema checks them afterwards.
 */
const KEPT = new Set([
  'type',
  'enum',
  'const',
  'properties',
  'required',
  'items',
  'anyOf',
  'additionalProperties',
]);

/** The JSON Schema of an answer that chooses one of these tools. */
export function choiceSchema(tools: readonly ReadTool[]): JsonObject {
  const choices = [
    ...tools.map(({ name, parameters }) => choice(name, parametersSchema(parameters))),
    choice(NO_TOOL, { type: 'object', properties: {}, additionalProperties: false }),
  ];
  return { anyOf: choices };
}

function choice(name: string, parameters: JsonValue): JsonObject {
  return {
    type: 'object',
    properties: { tool: { type: 'string', const: name }, parameters },
    required: ['tool', 'parameters'],
    additionalProperties: false,
  };
}

function parametersSchema(parameters: z.ZodObject): JsonValue {
  const schema = z.toJSONSchema(parameters, { io: 'input', unrepresentable: 'any' });
  // A JSON Schema is JSON; zod's type for it says less.
  return simplify(schema as unknown as JsonValue);
}

function simplify(schema: JsonValue): JsonValue {
  if (Array.isArray(schema)) return schema.map(simplify);
  if (typeof schema !== 'object' || schema === null) return schema;
  const { oneOf, ...rest } = schema as JsonObject;
  const entries = Object.entries(oneOf === undefined ? rest : { ...rest, anyOf: oneOf });
  return Object.fromEntries(
    entries.filter(([key]) => KEPT.has(key)).map(([key, value]) => [key, simplifyMember(key, value)]),
  );
}

/** Names of properties are no keywords, and lists of names or values are no schemas. */
function simplifyMember(key: string, value: JsonValue): JsonValue {
  if (key === 'enum' || key === 'const' || key === 'required' || key === 'type') return value;
  if (key !== 'properties') return simplify(value);
  const properties = Object.entries(value as JsonObject);
  return Object.fromEntries(properties.map(([name, schema]) => [name, simplify(schema)]));
}
