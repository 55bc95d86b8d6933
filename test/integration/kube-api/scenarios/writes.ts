import { type Exchange, JSON_PATCH, MERGE_PATCH, REFUSAL, type Scenario } from '../exchange.ts';
import { CONFIG_MAPS, configMap } from './objects.ts';

const OBJECT = `${CONFIG_MAPS}/written`;
const CONTENT = ['/kind', '/apiVersion', '/metadata/name', '/metadata/labels', '/data'];

function jsonPatch(name: string, body: readonly unknown[], compare = REFUSAL): Exchange {
  return { name, method: 'PATCH', path: OBJECT, headers: JSON_PATCH, body, compare };
}

function remove(
  name: string,
  options: Readonly<Record<string, unknown>>,
  compare: readonly string[] = REFUSAL,
  query = '',
): Exchange {
  return {
    name,
    method: 'DELETE',
    path: `${OBJECT}${query}`,
    body: { kind: 'DeleteOptions', apiVersion: 'v1', ...options },
    compare,
  };
}

export const writes: Scenario = {
  name: 'writes',
  exchanges: [
    {
      name: 'creates',
      method: 'POST',
      path: CONFIG_MAPS,
      body: configMap('written', { suite: 'writes' }),
      compare: [...CONTENT, '/metadata/namespace', 'keys:/metadata'],
      capture: { first: '/metadata/resourceVersion', uid: '/metadata/uid' },
    },
    { name: 'creates once', method: 'POST', path: CONFIG_MAPS, body: configMap('written'), compare: REFUSAL },
    {
      name: 'changes by merge patch, where null deletes',
      method: 'PATCH',
      path: OBJECT,
      headers: MERGE_PATCH,
      body: { metadata: { labels: { suite: null, owner: 'ann' } }, data: { size: 'large' } },
      compare: CONTENT,
      capture: { second: '/metadata/resourceVersion' },
    },
    {
      name: 'refuses a merge patch of an older version',
      method: 'PATCH',
      path: OBJECT,
      headers: MERGE_PATCH,
      body: { metadata: { resourceVersion: '{first}' }, data: { size: 'small' } },
      compare: REFUSAL,
    },
    {
      name: 'refuses to replace an older version',
      method: 'PUT',
      path: OBJECT,
      body: {
        apiVersion: 'v1',
        kind: 'ConfigMap',
        metadata: { name: 'written', resourceVersion: '{first}' },
        data: {},
      },
      compare: REFUSAL,
    },
    {
      name: 'replaces the version that was read',
      method: 'PUT',
      path: OBJECT,
      body: {
        apiVersion: 'v1',
        kind: 'ConfigMap',
        metadata: { name: 'written', resourceVersion: '{second}' },
        data: { colour: 'red' },
      },
      compare: CONTENT,
      capture: { third: '/metadata/resourceVersion' },
    },
    jsonPatch(
      'changes by JSON patch when its tests hold',
      [
        { op: 'test', path: '/metadata/resourceVersion', value: '{third}' },
        { op: 'test', path: '/data/colour', value: 'red' },
        { op: 'replace', path: '/data/colour', value: 'white' },
        { op: 'add', path: '/data/size', value: 'small' },
      ],
      CONTENT,
    ),
    jsonPatch('refuses a JSON patch of an older version', [
      { op: 'test', path: '/metadata/resourceVersion', value: '{third}' },
      { op: 'replace', path: '/data/colour', value: 'black' },
    ]),
    jsonPatch('refuses a JSON patch whose test of a value fails', [
      { op: 'test', path: '/data/colour', value: 'red' },
      { op: 'replace', path: '/data/colour', value: 'black' },
    ]),
    jsonPatch(
      'takes a JSON patch that replaces what is not there',
      [{ op: 'replace', path: '/data/weight', value: '1' }],
      CONTENT,
    ),
    jsonPatch('refuses a JSON patch that tests what is not there', [
      { op: 'test', path: '/data/height', value: '1' },
    ]),
    jsonPatch('refuses a JSON patch that removes what is not there', [
      { op: 'remove', path: '/data/height' },
    ]),
    jsonPatch('refuses a JSON patch below what is not there', [
      { op: 'add', path: '/metadata/annotations/owner', value: 'ann' },
    ]),
    {
      name: 'refuses a patch of a kind that it does not know',
      method: 'PATCH',
      path: OBJECT,
      headers: { 'content-type': 'application/x-patch' },
      body: {},
      compare: ['/kind', '/reason', '/code'],
    },
    {
      name: 'refuses to change what is not there',
      method: 'PATCH',
      path: `${CONFIG_MAPS}/nobody`,
      headers: MERGE_PATCH,
      body: {},
      compare: REFUSAL,
    },
    {
      name: 'changes nothing in a dry run, and shows what would be',
      method: 'PATCH',
      path: `${OBJECT}?dryRun=All`,
      headers: MERGE_PATCH,
      body: { data: { colour: 'pink' } },
      compare: CONTENT,
    },
    { name: 'is unchanged after the dry run', path: OBJECT, compare: CONTENT },
    {
      name: 'creates nothing in a dry run',
      method: 'POST',
      path: `${CONFIG_MAPS}?dryRun=All`,
      body: configMap('imagined'),
      compare: CONTENT,
    },
    { name: 'does not have what was only imagined', path: `${CONFIG_MAPS}/imagined`, compare: REFUSAL },
    {
      name: 'refuses a dry run of another kind',
      method: 'PATCH',
      path: `${OBJECT}?dryRun=Some`,
      headers: MERGE_PATCH,
      body: {},
      compare: ['/kind', '/reason', '/code'],
    },
    remove('refuses to delete another object of the same name', {
      preconditions: { uid: '00000000-0000-0000-0000-000000000000' },
    }),
    remove('refuses to delete an older version', { preconditions: { resourceVersion: '{first}' } }),
    remove('deletes nothing in a dry run', { dryRun: ['All'] }, ['/kind', '/status']),
    { name: 'is still there', path: OBJECT, compare: ['/metadata/name'] },
    remove('deletes the object that is meant', { preconditions: { uid: '{uid}' } }, [
      '/kind',
      '/status',
      '/details/name',
      '/details/kind',
    ]),
    {
      name: 'makes it again',
      method: 'POST',
      path: CONFIG_MAPS,
      body: configMap('written'),
      compare: ['/metadata/name'],
    },
    remove(
      'deletes in spite of dryRun in the query, because the body counts',
      {},
      ['/kind', '/status'],
      '?dryRun=All',
    ),
    { name: 'is gone', path: OBJECT, compare: REFUSAL },
    { name: 'cannot be deleted again', method: 'DELETE', path: OBJECT, compare: REFUSAL },
  ],
};
