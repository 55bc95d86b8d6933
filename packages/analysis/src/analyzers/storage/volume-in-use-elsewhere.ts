import { defineVolumeTroubleAnalyzer } from './volume-trouble-analyzer.ts';

/** CHK-STO-1008: a volume for one node is still attached to another (Multi-Attach). */
export const volumeInUseElsewhere = defineVolumeTroubleAnalyzer({
  code: 'CHK-STO-1008',
  title: 'volume that is attached to another node',
  trouble: 'in_use_elsewhere',
  sources: ['Robusta VolumeWarning'],
  verb: 'is still in use on another node',
  remedy: () => ({
    label: 'Free the volume on the other node',
    advice:
      'A ReadWriteOnce volume serves one node at a time. End the pod that still holds it; where a Deployment replaces its pod, use the strategy Recreate; where the other node is gone, delete its pods or wait until the controller detaches the volume after six minutes.',
  }),
});
