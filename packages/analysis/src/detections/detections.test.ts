import { describe, expect, it } from '@jest/globals';
import { ANALYZERS } from '../analyzers/catalogue.ts';
import { AREA_TITLES } from './areas.ts';
import { countBySource, findDetections } from './find-detections.ts';
import { type Detection, groupByArea, listDetections } from './list-detections.ts';

function aDetection(code: string, more: Partial<Detection> = {}): Detection {
  return {
    code,
    area: code.split('-')[1] ?? '',
    title: 'something that is not as it should be',
    severity: 'warning',
    tier: 'pod',
    reads: ['Pod'],
    helpedBy: [],
    explainedBy: [],
    isHygiene: false,
    sources: [],
    ...more,
  };
}

const CRASH = aDetection('CHK-POD-101', {
  title: 'container that exits again and again',
  severity: 'critical',
});
const UNTAGGED = aDetection('CHK-POD-106', {
  title: 'image without a tag',
  isHygiene: true,
  sources: ['popeye 100', 'k8sgpt Pod'],
});
const UNUSED = aDetection('CHK-SVC-203', {
  title: 'Service on a port that no container opens',
  reads: ['Service', 'Pod'],
  sources: ['popeye 1106'],
});
const ALL = [CRASH, UNTAGGED, UNUSED];

describe('findDetections', () => {
  it.each(['CHK-POD-101', 'chk-pod-101', 'pod-101'])('finds the one with the code %s', (code) => {
    expect(findDetections(ALL, [code])).toEqual({ kind: 'one', detection: CRASH });
  });

  it('finds by how another tool names a check, and takes popeye 106 for no part of popeye 1106', () => {
    expect(findDetections(ALL, ['Popeye', '1106'])).toEqual({ kind: 'one', detection: UNUSED });
    const both = [aDetection('CHK-POD-190', { sources: ['popeye 106'] }), ...ALL];
    expect(findDetections(both, ['popeye', '106'])).toEqual({ kind: 'one', detection: both[0] });
  });

  it('finds what all words fit, in title, area, severity, kinds, or as hygiene', () => {
    expect(findDetections(ALL, ['pods'])).toEqual({ kind: 'some', detections: [CRASH, UNTAGGED] });
    expect(findDetections(ALL, ['hygiene', 'image'])).toEqual({ kind: 'one', detection: UNTAGGED });
    expect(findDetections(ALL, ['warning', 'port'])).toEqual({ kind: 'one', detection: UNUSED });
  });

  it('says whether a code is unknown or nothing fits', () => {
    expect(findDetections(ALL, ['CHK-POD-999'])).toEqual({ kind: 'none', reason: 'unknown_code' });
    expect(findDetections(ALL, ['quantum', 'image'])).toEqual({ kind: 'none', reason: 'nothing_fits' });
  });
});

describe('countBySource', () => {
  it('counts a check of another tool once, however many detections cover it', () => {
    const twice = aDetection('CHK-POD-107', { sources: ['popeye 100'] });
    expect(countBySource([...ALL, twice])).toEqual([
      ['k8sgpt', 1],
      ['popeye', 2],
    ]);
  });
});

describe('listDetections', () => {
  it('tells of every analyzer, each in one area that has a title', () => {
    const areas = groupByArea(listDetections());
    expect(areas.flatMap(({ detections }) => detections)).toHaveLength(ANALYZERS.length);
    expect(areas.map(({ area }) => area).filter((area) => AREA_TITLES[area] === undefined)).toEqual([]);
  });

  it('keeps no check of another tool twice in one detection', () => {
    const doubled = listDetections().filter(({ sources }) => new Set(sources).size < sources.length);
    expect(doubled.map(({ code }) => code)).toEqual([]);
  });
});
