import { LightningElement, api } from 'lwc';
import { bandIcon, bandWords, moneyText, pointsText, trendOf } from 'c/healthWords';
import type { Partner } from 'c/portfolioData';
import { labels } from 'c/portfolioLabels';
import type { Order } from 'c/portfolioView';
import { fill } from 'c/textFormat';
import { absoluteText, relativeText } from 'c/timeFormat';

interface Cell {
  words: string;
  moved: string;
  isMissing: boolean;
}
interface Row {
  id: string;
  name: string;
  about: string;
  chosen: boolean;
  chooseLabel: string;
  score: string;
  band: string;
  bandIcon: string;
  className: string;
  trend: string;
  trendIcon: string;
  weeks: (number | undefined)[];
  usage: Cell;
  interaction: Cell;
  revenue: string;
  contact: string;
  contactExact: string;
  deals: string;
}

const COLUMNS: readonly { order: Order; label: string }[] = [
  { order: 'name', label: labels.partner },
  { order: 'score', label: labels.score },
  { order: 'usage', label: labels.usage },
  { order: 'interaction', label: labels.interaction },
  { order: 'revenue', label: labels.revenue },
  { order: 'contact', label: labels.contact },
  { order: 'deals', label: labels.deals },
];

/**
 * One page of partners: a table, and on a narrow page one block each. A missing signal is drawn as missing.
 * @fires order with `detail.order` when a column is pressed; choose with `detail.id` and `detail.chosen`.
 */
export default class PortfolioTable extends LightningElement {
  @api partners: readonly Partner[] = [];
  /** Ids of those that are chosen. */
  @api chosen: ReadonlySet<string> = new Set();
  @api order: Order = 'attention';
  @api descending = false;
  @api now = 0;

  labels = labels;

  get headers(): { order: Order; label: string; sorted: string; icon: string; isTrend: boolean }[] {
    return COLUMNS.map(({ order, label }) => {
      const isSorted = order === this.order;
      return {
        order,
        label,
        sorted: isSorted ? (this.descending ? 'descending' : 'ascending') : 'none',
        icon: isSorted ? (this.descending ? 'utility:arrowdown' : 'utility:arrowup') : '',
        isTrend: order === 'score',
      };
    });
  }

  get rows(): Row[] {
    return this.partners.map((partner) => {
      const { words: trend, icon: trendIcon } = trendOf(partner.trend);
      const { lastContact } = partner;
      return {
        id: partner.id,
        name: partner.name,
        about: [partner.segment, partner.tier, partner.managerName].filter((part) => part !== '').join(' · '),
        chosen: this.chosen.has(partner.id),
        chooseLabel: fill(labels.choose, partner.name),
        score: partner.score === undefined ? '–' : String(Math.round(partner.score)),
        band: bandWords(partner.band),
        bandIcon: bandIcon(partner.band),
        className: `band ${partner.band}`,
        trend,
        trendIcon,
        weeks: partner.weeks,
        usage: cellOf(partner.usage, partner.usageTrend),
        interaction: cellOf(partner.interaction, partner.interactionTrend),
        revenue: moneyText(partner.revenue),
        contact: lastContact === undefined ? labels.never : relativeText(Math.min(lastContact, this.now), this.now),
        contactExact: lastContact === undefined ? '' : absoluteText(lastContact),
        deals: String(partner.openDeals),
      };
    });
  }

  handleOrder(event: Event): void {
    const { order } = (event.currentTarget as HTMLElement).dataset;
    this.dispatchEvent(new CustomEvent('order', { detail: { order } }));
  }

  handleChoose(event: Event): void {
    const { dataset, checked } = event.currentTarget as HTMLInputElement;
    this.dispatchEvent(new CustomEvent('choose', { detail: { id: dataset.id, chosen: checked } }));
  }
}

function cellOf(value: number | undefined, moved: number | undefined): Cell {
  if (value === undefined) {
    return { words: labels.noData, moved: '', isMissing: true };
  }
  const whole = Math.round(moved ?? 0);
  return {
    words: String(Math.round(value)),
    moved: whole === 0 ? '' : fill(labels.moved, pointsText(whole)),
    isMissing: false,
  };
}
