import type { Defect } from '../defect.ts';

const API = 'packages/demo-cluster/src/api';
const CONTROLLERS = 'packages/demo-cluster/src/controllers';

export const demoClusterDefects: readonly Defect[] = [
  {
    name: 'an apply takes fields from their owners without being forced',
    file: 'packages/demo-cluster/src/store/apply-configuration.ts',
    find: 'conflicts.length > 0 && !isForced',
    replace: 'conflicts.length > 0 && isForced',
    suite: `${API}/apply`,
  },
  {
    name: 'an apply removes what another manager still names',
    file: 'packages/demo-cluster/src/store/apply-configuration.ts',
    find: '[wanted, ...others.map(treeOfEntry)]',
    replace: '[wanted]',
    suite: `${API}/apply`,
  },
  {
    name: 'a field keeps its former owner after an update',
    file: 'packages/demo-cluster/src/store/managed-fields.ts',
    find: 'const taken = set.reduce(withoutPath, tree);',
    replace: 'const taken = tree;',
    suite: `${API}/apply`,
  },
  {
    name: 'a watch calls an object that leaves its selection changed',
    file: `${API}/watch-streams.ts`,
    find: "else if (matchedBefore) write(stream, 'DELETED', change.object);",
    replace: "else if (matchedBefore) write(stream, 'MODIFIED', change.object);",
    suite: `${API}/watch-streams`,
  },
  {
    name: 'the resourceVersion of an update is not looked at',
    file: `${API}/registry.ts`,
    find: "if (expected !== undefined && expected !== '' && expected !== resourceVersion) {",
    replace: "if (expected === 'never') {",
    suite: `${API}/preconditions`,
  },
  {
    name: 'an eviction does not ask the disruption budget',
    file: `${API}/eviction.ts`,
    find: 'if (budget !== undefined) return',
    replace: "if (budget?.metadata.name === '') return",
    suite: `${API}/preconditions`,
  },
  {
    name: 'a deletion ignores the uid that it means',
    file: `${API}/delete.ts`,
    find: 'preconditions?.uid !== undefined && preconditions.uid !== uid',
    replace: 'preconditions?.uid !== undefined && uid === undefined',
    suite: `${API}/preconditions`,
  },
  {
    name: 'a StatefulSet is updated from its first pod',
    file: `${CONTROLLERS}/stateful-set.ts`,
    find: 'return indexOf(right) - indexOf(left);',
    replace: 'return indexOf(left) - indexOf(right);',
    suite: `${CONTROLLERS}/ordered-updates`,
  },
];
