import { LightningElement, api, wire } from 'lwc';
import { graphql } from 'lightning/graphql';
import USER from '@salesforce/schema/User';
import ACTIVE from '@salesforce/schema/User.IsActive';
import NAME from '@salesforce/schema/User.Name';
import { labels } from 'c/matrixLabels';
import { asQuery, readRows, selectRows, text, uiApiQuery } from 'c/recordQuery';

const FIELDS = { name: NAME };
const QUERY = uiApiQuery('people', '$name: String', [
  selectRows(
    'people',
    USER,
    FIELDS,
    `where: { and: [{ ${ACTIVE.fieldApiName}: { eq: true } }, { ${NAME.fieldApiName}: { like: $name } }] }, ` +
      `orderBy: { ${NAME.fieldApiName}: { order: ASC } }, first: 50`,
  ),
]);
const NOBODY = '';

/**
 * Finds a person of the org by name.
 * @fires person with `detail.id`; empty for nobody.
 */
export default class PersonChoice extends LightningElement {
  /** Id of the person chosen now. */
  @api
  get value(): string {
    return this.chosen;
  }
  set value(id: string) {
    this.chosen = id;
  }

  /** Name of the person chosen at first. */
  @api valueName = '';

  labels = labels;
  chosen = NOBODY;
  query = asQuery(QUERY);
  variables = { name: '%' };
  private people: { value: string; label: string }[] = [];

  @wire(graphql, { query: '$query', variables: '$variables' })
  receive({ data }: Wire.GraphqlResult): void {
    if (data) {
      this.people = readRows(data, 'people', FIELDS).map(({ id, name }) => ({ value: id, label: text(name) }));
    }
  }

  get options(): { value: string; label: string }[] {
    const nobody = { value: NOBODY, label: labels.person_nobody };
    const known = this.people.some(({ value }) => value === this.chosen);
    const now = this.chosen === NOBODY || known ? [] : [{ value: this.chosen, label: this.valueName }];
    return [nobody, ...now, ...this.people];
  }

  get help(): string {
    return this.people.length === 0 ? labels.person_none : '';
  }

  handleFind(event: CustomEvent<{ value: string }>): void {
    this.variables = { name: `%${event.detail.value.trim()}%` };
  }

  handleChoose(event: CustomEvent<{ value: string }>): void {
    this.chosen = event.detail.value;
    this.dispatchEvent(new CustomEvent('person', { detail: { id: this.chosen } }));
  }
}
