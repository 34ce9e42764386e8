// Properties of the rules that judge whatever leaves; their boundary rows stand with Compliance (`judge-proposal.test.ts`).
import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import {
  goodGrant,
  goodProposal,
  judgeOne,
  MANAGER,
  NOW,
  secondsBefore,
} from '../../../../test/support/guardrail-case.ts';
import type { JudgedProposal } from '../guardrail.ts';

type Value = JudgedProposal['disclosed'][number];
const targets = ['Name', 'Email', 'Phone', 'Website'] as const;
const valueOf = (target: string, personal = false): Value => ({
  target,
  label: target,
  sourceKind: 'record',
  personal,
  fingerprint: `print of ${target}`,
});

describe('what leaves', () => {
  test('kill-switch: a proposal stops exactly when a thrown switch is everything’s, its function’s or its partner’s', () => {
    const scopes = fc.constantFrom('all', 'function:co-selling', 'function:quoting', 'partner:aws', 'partner:other');
    fc.assert(
      fc.property(fc.array(scopes, { maxLength: 3 }), (thrown) => {
        const killSwitches = thrown.map((scope) => ({ scope, reason: 'drill' }));
        const meant = thrown.some((scope) => ['all', 'function:co-selling', 'partner:aws'].includes(scope));
        expect(judgeOne('kill-switch', { facts: { killSwitches } }).answer).toBe(meant ? 'deny' : 'allow');
      }),
    );
  });

  test('mode: nothing goes by itself in assisted mode unless the person who asked clicked', () => {
    const person = fc.constantFrom('', 'agent:co-selling', goodProposal.requestedBy, MANAGER);
    fc.assert(
      fc.property(fc.constantFrom('off', 'assisted', 'led'), person, person, (mode, by, requestedBy) => {
        const { answer } = judgeOne('mode', {
          proposal: { requestedBy, consent: { ...goodProposal.consent, by } },
          facts: { mode: { function: 'co-selling', mode } },
        });
        const clicked = by !== '' && by === requestedBy;
        expect(answer).toBe(mode === 'off' ? 'deny' : mode === 'led' || clicked ? 'allow' : 'needs-approval');
      }),
    );
  });

  test('sanctioned-environment: a grant holds from its first moment to the one before its last', () => {
    const seconds = fc.integer({ min: -1_000, max: 1_000 });
    fc.assert(
      fc.property(seconds, seconds, seconds, (from, until, at) => {
        const grant = { ...goodGrant, effectiveFrom: secondsBefore(from), expiresAt: secondsBefore(until) };
        const { answer } = judgeOne('sanctioned-environment', { facts: { grant, now: secondsBefore(at) } });
        expect(answer).toBe(from >= at && until < at ? 'allow' : 'deny');
      }),
    );
  });

  test('data-sharing: exactly the granted fields leave, and personal ones only where the policy names them', () => {
    fc.assert(
      fc.property(
        fc.subarray([...targets]),
        fc.subarray([...targets]),
        fc.subarray([...targets]),
        fc.subarray([...targets]),
        (sent, granted, personal, allowed) => {
          const { answer } = judgeOne('data-sharing', {
            proposal: { disclosed: sent.map((target) => valueOf(target, personal.includes(target))) },
            facts: { grant: { ...goodGrant, fields: granted } },
            settings: { personalFields: allowed },
          });
          const may = sent.every(
            (target) => granted.includes(target) && (!personal.includes(target) || allowed.includes(target)),
          );
          expect(answer).toBe(may ? 'allow' : 'deny');
        },
      ),
    );
  });

  test('duplicate: only another attempt under way stops this one', () => {
    const key = fc.constantFrom(goodProposal.subject.id, '006000000000001AAA:aws:2', '006000000000002AAA:aws:1');
    fc.assert(
      fc.property(fc.array(key, { maxLength: 3 }), (underWay) => {
        const others = underWay.some((one) => one !== goodProposal.subject.id);
        expect(judgeOne('duplicate', { facts: { underWay } }).answer).toBe(others ? 'deny' : 'allow');
      }),
    );
  });

  test('freshness: a decision is as old as its oldest fact', () => {
    fc.assert(
      fc.property(fc.array(fc.integer({ min: -120, max: 300 }), { minLength: 1, maxLength: 5 }), (ages) => {
        const facts = ages.map((age, index) => ({ name: `fact ${index}`, readAt: secondsBefore(age) }));
        const fresh = Math.max(...ages) <= 120 && Math.min(...ages) >= -60;
        expect(judgeOne('freshness', { proposal: { facts }, facts: { now: NOW } }).answer).toBe(
          fresh ? 'allow' : 'deny',
        );
      }),
    );
  });

  test('consent: a yes is for exactly what was shown, as it was shown', () => {
    fc.assert(
      fc.property(
        fc.subarray([...targets]),
        fc.subarray([...targets]),
        fc.subarray([...targets]),
        (sent, shown, changed) => {
          const fingerprints = Object.fromEntries(
            shown.map((target) => [target, changed.includes(target) ? 'another print' : `print of ${target}`]),
          );
          const { answer } = judgeOne('consent', {
            proposal: {
              disclosed: sent.map((target) => valueOf(target)),
              consent: { ...goodProposal.consent, fields: shown, fingerprints },
            },
          });
          const seen = sent.every((target) => shown.includes(target) && !changed.includes(target));
          expect(answer).toBe(seen ? 'allow' : 'needs-approval');
        },
      ),
    );
  });
});
