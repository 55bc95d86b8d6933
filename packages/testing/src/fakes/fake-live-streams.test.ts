import { liveStreamsContract } from '../contracts/live-streams.contract.ts';
import { FakeLiveStreams } from './fake-live-streams.ts';

liveStreamsContract({
  name: 'in memory',
  async create() {
    const streams = new FakeLiveStreams();
    return { streams, openSecond: async () => streams, destroy: async () => undefined };
  },
});
