import { LightningElement, api } from 'lwc';
import USER_ID from '@salesforce/user/Id';
import type { Partner } from 'c/portfolioData';
import { labels } from 'c/portfolioLabels';
import { MANY, TOO_MANY, inUse, loadsOf } from 'c/portfolioView';
import { count, fill } from 'c/textFormat';

/** Managers named one by one; the others are counted. */
const NAMED = 3;

/** How many active partners people look after, with a warning from 50 on (M070), and how much of the program is in use (M071). */
export default class PortfolioCapacity extends LightningElement {
  @api partners: readonly Partner[] = [];
  @api now = 0;

  labels = labels;

  get mine(): string {
    const mine = loadsOf(this.partners).find(({ managerId }) => managerId === USER_ID)?.partners ?? 0;
    return mine === 0 ? '' : count(mine, labels.capacityMineOne, labels.capacityMine);
  }

  get warnings(): { key: string; words: string }[] {
    const many = loadsOf(this.partners).filter(({ partners }) => partners >= MANY);
    const named = many.slice(0, NAMED).map(({ managerId, name, partners }) => ({
      key: managerId,
      words: fill(
        partners > TOO_MANY ? labels.capacityOver : labels.capacityNear,
        managerId === USER_ID ? labels.capacityYou : name,
        partners,
      ),
    }));
    const rest = many.length - named.length;
    return rest > 0 ? [...named, { key: 'rest', words: fill(labels.capacityMore, rest) }] : named;
  }

  get hasWarnings(): boolean {
    return this.warnings.length > 0;
  }

  get use(): string {
    const used = inUse(this.partners, this.now);
    return fill(labels.capacityUse, Math.round((used / Math.max(1, this.partners.length)) * 100));
  }

  get useSays(): string {
    return fill(labels.capacityUseSays, inUse(this.partners, this.now), this.partners.length);
  }
}
