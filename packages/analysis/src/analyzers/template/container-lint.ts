import type { ContainerSpecView, Kind } from '@jamie/core';
import { toSingleLine } from '../../evidence/cluster-text.ts';
import type { SnapshotIndex } from '../../snapshot/snapshot-index.ts';
import { someOf } from '../../wording.ts';
import type { Analyzer } from '../define-analyzer.ts';
import type { PodTemplate } from './pod-templates.ts';
import { defineTemplateLint } from './template-lint.ts';

/** What a container should not say, or should. */
export interface ContainerFlaw {
  /** The field of the container, for example `image`. */
  readonly field: string;
  readonly says: string;
}

export interface ContainerLintDefinition {
  readonly code: string;
  readonly title: string;
  readonly sources?: readonly string[];
  readonly reads?: readonly Kind[];
  readonly helpedBy?: readonly Kind[];
  /** What follows "container app" and "containers app and proxy". */
  readonly problem: { readonly one: string; readonly many: string };
  readonly consequence: string;
  readonly remedy: { readonly label: string; readonly advice: string };
  find(container: ContainerSpecView, template: PodTemplate, index: SnapshotIndex): ContainerFlaw | undefined;
}

/** An analyzer for something that containers of a pod template say; all of its containers are one finding. */
export function defineContainerLint(definition: ContainerLintDefinition): Analyzer {
  const { problem, find, ...rest } = definition;
  return defineTemplateLint({
    ...rest,
    find: (template, index) => {
      const flawed = template.spec.containers.flatMap((container) => {
        const flaw = find(container, template, index);
        return flaw === undefined ? [] : [{ name: toSingleLine(container.name, 63), flaw }];
      });
      const [first] = flawed;
      if (first === undefined) return undefined;
      const names = someOf(flawed.map(({ name }) => name));
      const count = flawed.length === 1 ? 'one' : 'many';
      return {
        field: `containers[${first.name}].${first.flaw.field}`,
        says: flawed
          .slice(0, 3)
          .map(({ name, flaw }) => (count === 'one' ? flaw.says : `${name}: ${flaw.says}`))
          .join('; '),
        part: `${count === 'one' ? 'container' : 'containers'} ${names}`,
        problem: problem[count],
      };
    },
  });
}
