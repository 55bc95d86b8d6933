import { MERGE_PATCH, type Scenario } from '../exchange.ts';
import { CONFIG_MAPS, configMap } from './objects.ts';

const WATCH = `${CONFIG_MAPS}?watch=true&labelSelector=suite%3Dwatches`;

export const watches: Scenario = {
  name: 'watches',
  exchanges: [
    {
      name: 'lists nothing yet, at a version',
      as: 'jamie',
      path: `${CONFIG_MAPS}?labelSelector=suite%3Dwatches`,
      compare: ['/items'],
      capture: { start: '/metadata/resourceVersion' },
    },
    {
      name: 'creates one',
      method: 'POST',
      path: CONFIG_MAPS,
      body: configMap('watched-a', { suite: 'watches' }),
      compare: [],
      capture: { created: '/metadata/resourceVersion' },
    },
    {
      name: 'changes it',
      method: 'PATCH',
      path: `${CONFIG_MAPS}/watched-a`,
      headers: MERGE_PATCH,
      body: { data: { colour: 'green' } },
      compare: [],
    },
    {
      name: 'creates another',
      method: 'POST',
      path: CONFIG_MAPS,
      body: configMap('watched-b', { suite: 'watches' }),
      compare: [],
    },
    {
      name: 'creates one that nobody selects',
      method: 'POST',
      path: CONFIG_MAPS,
      body: configMap('unwatched', {}),
      compare: [],
    },
    {
      name: 'moves the second out of the selection',
      method: 'PATCH',
      path: `${CONFIG_MAPS}/watched-b`,
      headers: MERGE_PATCH,
      body: { metadata: { labels: { suite: null } } },
      compare: [],
    },
    { name: 'deletes the first', method: 'DELETE', path: `${CONFIG_MAPS}/watched-a`, compare: [] },
    {
      name: 'tells all that happened since the list, and ends in time',
      as: 'jamie',
      path: `${WATCH}&resourceVersion={start}&timeoutSeconds=1`,
      compare: ['events'],
    },
    {
      name: 'tells what happened since a later version',
      as: 'jamie',
      path: `${WATCH}&resourceVersion={created}&timeoutSeconds=1`,
      compare: ['events'],
    },
    {
      name: 'sends a bookmark before it ends',
      as: 'jamie',
      path: `${WATCH}&resourceVersion={created}&timeoutSeconds=4&allowWatchBookmarks=true`,
      compare: ['events'],
      // A bookmark comes only when something has changed that this watch does not show.
      meanwhile: {
        name: 'changes one that nobody selects',
        method: 'PATCH',
        path: `${CONFIG_MAPS}/unwatched`,
        headers: MERGE_PATCH,
        body: { data: { colour: 'grey' } },
        compare: [],
      },
    },
    {
      name: 'says that a version is too old',
      forget: true,
      as: 'jamie',
      path: `${WATCH}&resourceVersion=1&timeoutSeconds=1`,
      compare: ['events'],
    },
  ],
};
