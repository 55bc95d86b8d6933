import { installationsContract } from '../contracts/installations.contract.ts';
import { FakeInstallations } from './fake-installations.ts';

installationsContract({
  name: 'in memory',
  create: async () => {
    const installations = new FakeInstallations();
    return { installations, openSecond: async () => installations, destroy: async () => undefined };
  },
});
