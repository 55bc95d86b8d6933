import { signerContract } from '../contracts/signer.contract.ts';
import { FakeSigner } from './fake-signer.ts';

signerContract({
  name: 'FakeSigner',
  create: () => new FakeSigner('00000000000000aa', ['00000000000000bb']),
  createOther: () => new FakeSigner('00000000000000cc'),
});
