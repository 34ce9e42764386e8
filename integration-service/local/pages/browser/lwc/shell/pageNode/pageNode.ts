import { LightningElement, api, getComponentDef } from 'lwc';
import { packageComponents } from 'virtual:package-components';
import { pageContext } from '../../../data/page-context.ts';
import type { PageNode as Node } from '../../../../package/page-model.ts';

const standardTitles: Record<string, string> = {
  'Standard.Tab.detail': 'Details',
  'Standard.Tab.relatedLists': 'Related',
};

/** Property values are text in the page; a component's boolean and number properties get them as such, as on the platform. */
const typed = (value: string | string[]): unknown => {
  if (value === 'true' || value === 'false') return value === 'true';
  return typeof value === 'string' && /^-?\d+(?:\.\d+)?$/.test(value) ? Number(value) : value;
};

/** One component of a page: a standard one, the package's own, or a tab set, section or column that holds others. */
export default class PageNode extends LightningElement {
  @api width = 'LARGE';
  @api recordId: string | undefined;
  @api objectApiName: string | undefined;
  constructorOfComponent: typeof LightningElement | undefined;
  componentProperties: Record<string, unknown> = {};
  failure = '';
  private givenNode: Node | undefined;

  @api
  get node(): Node | undefined {
    return this.givenNode;
  }
  set node(value: Node | undefined) {
    const before = JSON.stringify(this.givenNode);
    this.givenNode = value;
    if (value !== undefined && JSON.stringify(value) !== before) this.load();
  }

  override connectedCallback(): void {
    if (this.constructorOfComponent !== undefined) this.componentProperties = this.propertiesFor();
  }

  get is(): Record<string, boolean> {
    const name = this.givenNode?.component ?? '';
    return {
      highlights: name === 'force:highlightsPanel' || name === 'record_flexipage:dynamicHighlights',
      details: name === 'force:detailPanel',
      tabs: name === 'flexipage:tabset',
      section: name === 'flexipage:fieldSection',
      column: name === 'flexipage:column',
      field: name === 'field',
      relatedLists: name === 'force:relatedListContainer',
      relatedList: name === 'force:relatedListSingleContainer' || name === 'lst:dynamicRelatedList',
      listCard: name === 'flexipage:filterListCard',
    };
  }

  get isUnknown(): boolean {
    const name = this.givenNode?.component ?? '';
    return name !== '' && !this.isPackaged && !Object.values(this.is).includes(true);
  }

  get unknownMessage(): string {
    return `${this.givenNode?.component ?? ''} is part of this page in Salesforce and is not shown here.`;
  }

  get properties(): Record<string, string | string[]> {
    return this.givenNode?.properties ?? {};
  }

  get actionNames(): string[] {
    return [this.properties['actionNames'] ?? []].flat();
  }

  get tabs() {
    return (this.givenNode?.facets['tabs'] ?? []).map((tab, index) => {
      const title = String(tab.properties['title'] ?? tab.properties['label'] ?? '');
      return { key: String(index), label: standardTitles[title] ?? title, nodes: tab.facets['body'] ?? [] };
    });
  }

  get activeTab(): string {
    const index = (this.givenNode?.facets['tabs'] ?? []).findIndex((tab) => tab.properties['active'] === 'true');
    return String(Math.max(index, 0));
  }

  get sectionColumns(): Node[] {
    return this.givenNode?.facets['columns'] ?? [];
  }

  get fieldColumns(): { field: string; readOnly: boolean; required: boolean }[][] {
    return this.sectionColumns.map((column) =>
      (column.facets['body'] ?? []).map((field) => ({
        field: String(field.properties['name'] ?? ''),
        readOnly: field.properties['uiBehavior'] === 'readonly',
        required: field.properties['uiBehavior'] === 'required',
      })),
    );
  }

  get section() {
    return { label: String(this.properties['label'] ?? ''), columns: this.fieldColumns };
  }

  get body(): Node[] {
    return this.givenNode?.facets['body'] ?? [];
  }

  get relationship(): string {
    return String(this.properties['relatedListApiName'] ?? '');
  }

  get relatedFields(): string[] {
    return [this.properties['relatedListFieldAliases'] ?? []].flat();
  }

  get relatedLabel(): string {
    return String(this.properties['relatedListLabel'] ?? '');
  }

  get relatedSort(): string {
    const field = String(this.properties['sortFieldAlias'] ?? '');
    const isDefault = field === '' || field === '__DEFAULT__';
    if (isDefault) return '';
    return `${this.properties['sortFieldOrder'] === 'Descending' ? '-' : ''}${field}`;
  }

  get rows(): number {
    return Number(this.properties['maxRecordsToDisplay'] ?? this.properties['rowsToDisplay'] ?? 10);
  }

  get listObject(): string {
    return String(this.properties['entityName'] ?? '');
  }

  get listView(): string {
    return String(this.properties['filterName'] ?? '');
  }

  get pageSize(): number {
    return Number(this.properties['pageSize'] ?? 10);
  }

  private get isPackaged(): boolean {
    return this.givenNode?.component.startsWith('c:') ?? false;
  }

  private async load(): Promise<void> {
    if (!this.isPackaged) return;
    const name = (this.givenNode?.component ?? '').replace(/^c:/, '');
    const load = packageComponents[name];
    if (load === undefined) {
      this.failure = `The page names the component ${name}, but the package has no exposed component of that name.`;
      return;
    }
    const loaded = await load();
    this.constructorOfComponent = loaded.default;
    this.componentProperties = this.propertiesFor();
  }

  /** The platform hands a component its page's properties and, where the component declares them, where it stands. */
  private propertiesFor(): Record<string, unknown> {
    if (this.constructorOfComponent === undefined) return {};
    const declared = Object.keys(getComponentDef(this.constructorOfComponent).props);
    const offered: Record<string, unknown> = {
      ...Object.fromEntries(Object.entries(this.properties).map(([name, value]) => [name, typed(value)])),
      recordId: this.recordId,
      objectApiName: this.objectApiName,
      flexipageRegionWidth: pageContext.formFactor === 'Small' ? 'SMALL' : this.width,
    };
    return Object.fromEntries(
      Object.entries(offered).filter(([name, value]) => declared.includes(name) && value !== undefined),
    );
  }
}
