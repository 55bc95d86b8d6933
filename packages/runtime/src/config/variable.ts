import { z } from 'zod';

/** The raw environment: what `process.env` holds. */
export type Environment = Readonly<Record<string, string | undefined>>;

/** One variable as people see it: in `.env.example`, in the documents and in complaints about it. */
export interface Variable {
  readonly name: string;
  readonly description: string;
  /** Secrets may also come from the file that `<NAME>_FILE` names. */
  readonly secret: boolean;
}

/** The shape of one concern: variable names to their schemas. A mode is a union of such shapes. */
export type Concern =
  | z.ZodObject<Record<string, z.ZodType>>
  | z.ZodDiscriminatedUnion<readonly z.ZodObject<Record<string, z.ZodType>>[]>;

/** Marks a variable as secret: never logged, never quoted in a complaint, also read from `<NAME>_FILE`. */
export function secret<Schema extends z.ZodType>(schema: Schema, description: string): Schema {
  return schema.meta({ description, secret: true });
}

/** A whole number within bounds, written in decimal digits. */
export function wholeNumber(min: number, max: number) {
  const expected = `must be a whole number from ${min} to ${max}`;
  return z
    .string()
    .regex(/^\d{1,15}$/, expected)
    .transform(Number)
    .refine((value) => value >= min && value <= max, expected);
}

/** A comma separated list; empty items are dropped. */
export const commaList = z.string().transform((text) =>
  text
    .split(',')
    .map((item) => item.trim())
    .filter((item) => item !== ''),
);

/** Every variable that a concern reads, in the order of the schema, each once. */
export function listVariables(concern: Concern): readonly Variable[] {
  const shapes = 'options' in concern ? concern.options.map((option) => option.shape) : [concern.shape];
  const found = new Map<string, Variable>();
  for (const [name, schema] of shapes.flatMap((shape) => Object.entries(shape))) {
    const meta = schema.meta() ?? {};
    const known = found.get(name);
    found.set(name, {
      name,
      description: known?.description || (meta.description ?? ''),
      secret: meta['secret'] === true || (known?.secret ?? false),
    });
  }
  return [...found.values()];
}
