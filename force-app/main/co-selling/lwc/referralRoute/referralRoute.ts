import { LightningElement, api } from 'lwc';
import type { DraftValue } from 'c/referralDraft';
import { labels } from 'c/referralLabels';
import { sourceText } from 'c/referralSource';
import { fill } from 'c/textFormat';

interface Route {
  /** The network by the name its people use. */
  portal: string;
  /** The target that says under which program a deal is filed. */
  program: string;
  /** The targets that make up the name of who answers for it on our side. */
  owner: readonly string[];
}

/** Where a referral goes, by the partner's network. */
const ROUTES: Record<string, Route> = {
  'aws-ace': {
    portal: labels.networkAwsAce,
    program: 'AwsSubmission.InvolvementType',
    owner: ['OpportunityTeam.FirstName', 'OpportunityTeam.LastName'],
  },
};

interface Stop {
  label: string;
  value: string;
  why: string;
}

/** Where a referral goes: portal, program and people, each with the rule that chose it; nothing for an unknown network. */
export default class ReferralRoute extends LightningElement {
  @api partnerName = '';
  @api network = '';
  /** The values that will be sent or were sent. */
  @api values: DraftValue[] = [];
  /** Who answers for it at the partner; empty until the partner has named somebody. */
  @api contact = '';

  labels = labels;

  get stops(): Stop[] {
    const route = ROUTES[this.network];
    if (!route) {
      return [];
    }
    const people = this.valuesAt(route.owner);
    const programs = this.valuesAt([route.program]);
    return [
      { label: labels.routePortal, value: route.portal, why: fill(labels.routeWhyPortal, this.partnerName) },
      { label: labels.routeProgram, value: shownOf(programs), why: whyOf(programs) },
      { label: labels.routeOwner, value: shownOf(people), why: whyOf(people, /\.\w+$/) },
      {
        label: fill(labels.routeContact, this.partnerName),
        value: this.contact,
        why: fill(labels.routeWhyContact, this.partnerName),
      },
    ].filter(({ value }) => value !== '');
  }

  get hasStops(): boolean {
    return this.stops.length > 0;
  }

  private valuesAt(targets: readonly string[]): DraftValue[] {
    return targets.flatMap((target) => this.values.find((value) => value.target === target) ?? []);
  }
}

function shownOf(values: readonly DraftValue[]): string {
  return values.map(({ shown }) => shown).join(' ');
}

/** Where the first value comes from; `without` leaves out the field where several of them make up one thing. */
function whyOf([first]: readonly DraftValue[], without = /$^/): string {
  return first ? sourceText(first.sourceKind, first.source.replace(without, '')) : '';
}
