import type { OperationOf } from '@jamie/core';
import { compileMarks } from './compile-marks.ts';
import { NOTHING_TO_EDIT, type OperationDefinition } from './operation-definition.ts';

/** Sets or takes away annotations of an object. */
export const annotate: OperationDefinition<OperationOf<'annotate'>> = {
  ...NOTHING_TO_EDIT,
  async compile({ target, annotations }, { get, timing }) {
    const live = await get(target);
    return compileMarks(
      { operation: 'annotate', of: 'annotations', target, live, marks: annotations },
      timing,
    );
  },
};
