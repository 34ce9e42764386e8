import { LightningElement, api } from 'lwc';
import type { Decision } from 'c/decisionData';
import { labels } from 'c/decisionLabels';
import { factWords, partWords, plainName, ruleWords } from 'c/decisionWords';
import { fill } from 'c/textFormat';

/** So much of a hash tells two apart at a glance; the whole of it stands on hover. */
const SHOWN_HASH = 12;

/** Why a decision came out as it did, on what facts, what came back, the five-part test, and the proof. */
export default class DecisionGrounds extends LightningElement {
  @api decision: Decision | undefined;

  labels = labels;

  get rules(): (ReturnType<typeof ruleWords> & { key: number })[] {
    return (this.decision?.rules ?? []).map((rule, key) => ({ key, ...ruleWords(rule) }));
  }

  get hasRules(): boolean {
    return this.rules.length > 0;
  }

  get facts(): (ReturnType<typeof factWords> & { key: number })[] {
    return (this.decision?.facts ?? []).map((fact, key) => ({ key, ...factWords(fact) }));
  }

  get hasFacts(): boolean {
    return this.facts.length > 0;
  }

  get effects(): { key: number; name: string; says: string; at: string }[] {
    return (this.decision?.effects ?? []).map(({ step, operation, at, state, says }, key) => ({
      key,
      name: plainName(operation || step),
      says: says || plainName(state),
      at,
    }));
  }

  get hasEffects(): boolean {
    return this.effects.length > 0;
  }

  get parts(): (ReturnType<typeof partWords> & { key: string; why: string })[] {
    return (this.decision?.parts ?? []).map((part) => ({ key: part.part, why: part.why, ...partWords(part) }));
  }

  get hasParts(): boolean {
    return this.parts.length > 0;
  }

  get result(): string[] {
    const { partnerOfRecord = '', attribution = '' } = this.decision ?? {};
    return [partnerOfRecord, attribution].filter((line) => line !== '');
  }

  get hasResult(): boolean {
    return this.result.length > 0;
  }

  get entries(): string {
    const { ledgerFrom = '', ledgerTo = '' } = this.decision ?? {};
    return ledgerFrom === '' ? '' : fill(labels.proofEntries, ledgerFrom, ledgerTo || ledgerFrom);
  }

  get hash(): string {
    const hash = this.decision?.hash ?? '';
    return hash === '' ? '' : fill(labels.proofHash, `${hash.slice(0, SHOWN_HASH)}…`);
  }

  get wholeHash(): string {
    return fill(labels.proofHashFull, this.decision?.hash ?? '');
  }

  get hasProof(): boolean {
    return this.entries !== '' || this.hash !== '';
  }
}
