import { LightningElement, api } from 'lwc';
import { labels } from 'c/guardrailLabels';
import type { ScopePartner } from 'c/policyData';

type Kind = 'partner' | 'tier' | 'segment';

/**
 * Chooses the partner, tier or segment that gets numbers of its own.
 * @fires scope with `detail.scope` as policies write it (`partner:aws`); empty while nothing is chosen.
 */
export default class ScopeChoice extends LightningElement {
  @api partners: ScopePartner[] = [];
  /** What is wrong with the choice. */
  @api problem = '';

  labels = labels;
  kind: Kind = 'partner';
  value = '';

  get kinds(): { label: string; value: Kind }[] {
    return [
      { label: labels.scope_kind_partner, value: 'partner' },
      { label: labels.scope_kind_tier, value: 'tier' },
      { label: labels.scope_kind_segment, value: 'segment' },
    ];
  }

  get options(): { label: string; value: string }[] {
    if (this.kind === 'partner') {
      return this.partners.map(({ key, name }) => ({ label: name, value: key }));
    }
    const { kind } = this;
    const names = this.partners.map((partner) => partner[kind]).filter((name) => name !== '');
    return [...new Set(names)].sort().map((name) => ({ label: name, value: name }));
  }

  get isEmpty(): boolean {
    return this.options.length === 0;
  }

  handleKind(event: CustomEvent<{ value: string }>): void {
    this.kind = event.detail.value as Kind;
    this.value = '';
    this.tell();
  }

  handleValue(event: CustomEvent<{ value: string }>): void {
    this.value = event.detail.value;
    this.tell();
  }

  private tell(): void {
    const scope = this.value === '' ? '' : `${this.kind}:${this.value}`;
    this.dispatchEvent(new CustomEvent('scope', { detail: { scope } }));
  }
}
