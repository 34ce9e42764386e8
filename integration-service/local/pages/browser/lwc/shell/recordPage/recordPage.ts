import { LightningElement, api } from 'lwc';
import { nameFieldsOf, recordName } from '../../../data/field-view.ts';
import { objectInfo } from '../../../data/metadata.ts';
import { pageContext } from '../../../data/page-context.ts';
import { followVisibleFields, type RecordState } from '../../../data/record-follower.ts';
import { goTo } from '../../../data/router.ts';
import type { PageNode } from '../../../../package/page-model.ts';
import RecordForm from 'shell/recordForm';

const node = (
  component: string,
  facets: PageNode['facets'] = {},
  properties: PageNode['properties'] = {},
): PageNode => ({
  component,
  properties,
  facets,
  when: [],
});

const tab = (title: string, body: PageNode[], active = 'false'): PageNode =>
  node('flexipage:tab', { body }, { title, active });

/** The platform's own page for an object that the package has none for. */
const standardRegions = [
  { name: 'header', nodes: [node('force:highlightsPanel')] },
  {
    name: 'main',
    nodes: [
      node('flexipage:tabset', {
        tabs: [
          tab('Standard.Tab.detail', [node('force:detailPanel')], 'true'),
          tab('Standard.Tab.relatedLists', [node('force:relatedListContainer')]),
        ],
      }),
    ],
  },
];

/** A record's page: the package's Lightning page of its object, or the standard one. */
export default class RecordPage extends LightningElement {
  @api actionName = 'view';
  state: RecordState = { info: undefined, record: undefined, failure: '' };
  shownId = '';
  private givenRecordId = '';
  private givenObjectApiName = '';
  private stop: (() => void) | undefined;

  @api
  get recordId(): string {
    return this.givenRecordId;
  }
  set recordId(value: string) {
    this.givenRecordId = value;
    this.follow();
  }

  @api
  get objectApiName(): string {
    return this.givenObjectApiName;
  }
  set objectApiName(value: string) {
    this.givenObjectApiName = value;
    this.follow();
  }

  override connectedCallback(): void {
    this.follow();
    if (this.actionName === 'edit') this.edit();
  }

  override disconnectedCallback(): void {
    this.stop?.();
  }

  get isReady(): boolean {
    return this.state.record !== undefined && this.shownId === this.givenRecordId;
  }

  get isLoading(): boolean {
    return !this.isReady && this.state.failure === '';
  }

  /** One entry, keyed by the record, so that another record gets fresh components. */
  get pages() {
    return [
      { key: this.shownId, header: this.region('header'), main: this.region('main'), side: this.region('sidebar') },
    ];
  }

  get layoutClass(): string {
    return this.region('sidebar').length > 0 ? 'layout layout_sided' : 'layout';
  }

  get heading(): string {
    const { info, record } = this.state;
    return info === undefined || record === undefined ? 'Record' : recordName(info, record);
  }

  private region(name: string): PageNode[] {
    const regions = pageContext.model.objects[this.givenObjectApiName]?.recordPage?.regions ?? standardRegions;
    const known = ['header', 'sidebar'];
    return regions
      .filter((region) => (name === 'main' ? !known.includes(region.name) : region.name === name))
      .flatMap(({ nodes }) => nodes);
  }

  private follow(): void {
    if (!this.isConnected || this.givenRecordId === '' || this.givenObjectApiName === '') return;
    this.stop?.();
    const id = this.givenRecordId;
    objectInfo(this.givenObjectApiName).then(
      (info) => {
        this.stop = followVisibleFields(this.givenObjectApiName, id, nameFieldsOf(info), (state) => {
          this.state = state;
          this.shownId = id;
          document.title = `${this.heading} | ${info.label} | ${pageContext.model.app.label}`;
        });
      },
      () => {
        this.state = {
          info: undefined,
          record: undefined,
          failure: 'You cannot see records of this kind. Ask an admin for access.',
        };
      },
    );
  }

  private async edit(): Promise<void> {
    const { recordId, objectApiName } = this;
    await RecordForm.open({ size: 'medium', label: 'Edit', objectApiName, recordId });
    goTo(
      { type: 'standard__recordPage', attributes: { objectApiName, recordId, actionName: 'view' } },
      { replace: true },
    );
  }
}
