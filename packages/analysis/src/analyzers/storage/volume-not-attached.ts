import { defineVolumeTroubleAnalyzer } from './volume-trouble-analyzer.ts';

/** CHK-STO-1009: the storage does not attach a volume to the node of a pod. */
export const volumeNotAttached = defineVolumeTroubleAnalyzer({
  code: 'CHK-STO-1009',
  title: 'volume that cannot be attached',
  trouble: 'not_attached',
  sources: ['Robusta VolumeWarning'],
  verb: 'cannot be attached',
  remedy: () => ({
    label: 'Follow the message of the storage driver',
    advice:
      'The message names what the driver misses: a disk that is gone or in another zone, a node with too many volumes, or a right in the cloud. Look at the logs of the driver where it says no more.',
  }),
});
