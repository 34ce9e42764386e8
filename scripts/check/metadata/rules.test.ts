import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { checkProject } from './check.ts';
import { goodProject, path, PLATFORM } from './fixture.ts';
import { ADDITIONS, FAULTS, MOVES } from './planted-faults.ts';
import { readProject } from './project.ts';
import { RULES } from './rules/index.ts';

const findings = (sources: Map<string, string>) => checkProject(readProject(sources, PLATFORM), RULES);

const plant = (sources: Map<string, string>, file: string, from: string | RegExp, to: string): Map<string, string> => {
  const target = path(file);
  const before = sources.get(target) ?? '';
  const after = before.replace(from, to);
  assert.notEqual(after, before, `the fault changes nothing in ${target}`);
  return sources.set(target, after);
};

/** The rule finds the fault and says so in these words. */
const wantFinding = (sources: Map<string, string>, rule: string, says: string): void => {
  const found = findings(sources).filter((finding) => finding.rule === rule);
  const said = found.some((finding) => `${finding.what} ${finding.fix}`.includes(says));
  assert.ok(said, `wanted "${says}", got ${JSON.stringify(found, undefined, 2)}`);
};

/** Renames a file of the fixture, for faults that lie in the path. */
const move = (sources: Map<string, string>, file: string, from: string, to: string): Map<string, string> => {
  const target = path(file);
  const content = sources.get(target) ?? '';
  sources.delete(target);
  return sources.set(target.replaceAll(from, to), content);
};

describe('the fixture', () => {
  test('is without fault', () => {
    assert.deepEqual(findings(goodProject()), []);
  });
});

for (const [rule, faults] of Object.entries(FAULTS)) {
  describe(rule, () => {
    for (const [what, file, from, to, says] of faults) {
      test(what, () => {
        wantFinding(plant(goodProject(), file, from, to), rule, says);
      });
    }
  });
}

describe('faults in a path', () => {
  for (const [rule, what, file, from, to, says] of MOVES) {
    test(`${rule}: ${what}`, () => {
      wantFinding(move(goodProject(), file, from, to), rule, says);
    });
  }
});

describe('faults in a file too many', () => {
  for (const [rule, what, file, content, says] of ADDITIONS) {
    test(`${rule}: ${what}`, () => {
      wantFinding(goodProject().set(file, content), rule, says);
    });
  }
});

test('every rule has a planted fault', () => {
  const tested = new Set([...Object.keys(FAULTS), ...[...MOVES, ...ADDITIONS].map(([rule]) => rule)]);
  assert.deepEqual(
    RULES.filter((rule) => !tested.has(rule.id)),
    [],
  );
});

test('a finding names the file and the line', () => {
  const [finding] = findings(plant(goodProject(), 'Score__c.field-meta.xml', '<scale>2', '<scale>7'));
  assert.equal(finding?.file, path('Score__c.field-meta.xml'));
  assert.equal(finding?.line, 7);
});
