import { postingLineContract } from '../contracts/posting-line.contract.ts';
import { postingPaceContract } from '../contracts/posting-pace.contract.ts';
import { FakePostingLine } from './fake-posting-line.ts';
import { FakePostingPace } from './fake-posting-pace.ts';

postingPaceContract({
  name: 'fake',
  create: (clock) => {
    const pace = new FakePostingPace(clock);
    return { pace, second: pace, destroy: () => undefined };
  },
});

postingLineContract({
  name: 'fake',
  create: (clock) => {
    const line = new FakePostingLine(clock);
    return { line, second: line, destroy: () => undefined };
  },
});
