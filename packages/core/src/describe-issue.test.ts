import { describe, expect, it } from '@jest/globals';
import { z } from 'zod';
import { describeIssue } from './describe-issue.ts';

describe('describeIssue', () => {
  it('says where in the file something is wrong, and what', () => {
    const schema = z.object({ rules: z.array(z.object({ when: z.string('is no text') })) });
    const issues = schema.safeParse({ rules: [{ when: 'a' }, { when: 1 }] }).error?.issues ?? [];
    expect(issues.map(describeIssue)).toEqual(['rules[1].when: is no text']);
  });

  it('names the file where all of it is wrong', () => {
    const issues = z.object({}, 'is no list of rules').safeParse(1).error?.issues ?? [];
    expect(issues.map(describeIssue)).toEqual(['the file: is no list of rules']);
  });
});
