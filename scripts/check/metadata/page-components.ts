/** What the check knows of a component that the platform ships for Lightning pages. */
export interface PageComponent {
  properties: string[];
  /** Properties whose value is the name of a facet of the same page. */
  facets?: string[];
}

/** The platform's page components this project uses, with the properties the App Builder offers for them. */
export const PAGE_COMPONENTS: Record<string, PageComponent> = {
  'flexipage:column': { properties: ['body'], facets: ['body'] },
  'flexipage:fieldSection': { properties: ['columns', 'horizontalAlignment', 'label'], facets: ['columns'] },
  'flexipage:filterListCard': {
    properties: ['entityName', 'filterName', 'hideActionBar', 'hideSearchBar', 'pageSize', 'enableInlineEdit'],
  },
  'flexipage:tab': { properties: ['active', 'body', 'title'], facets: ['body'] },
  'flexipage:tabset': { properties: ['label', 'tabs'], facets: ['tabs'] },
  'force:detailPanel': { properties: [] },
  'force:highlightsPanel': {
    properties: [
      'actionNames',
      'collapsed',
      'enableActionsConfiguration',
      'enableActionsInNative',
      'hideChatterActions',
      'numVisibleActions',
    ],
  },
  'force:relatedListContainer': { properties: [] },
  'force:relatedListSingleContainer': {
    properties: [
      'parentFieldApiName',
      'relatedListApiName',
      'relatedListComponentOverride',
      'rowsToDisplay',
      'showActionBar',
    ],
  },
  'lst:dynamicRelatedList': {
    properties: [
      'actionNames',
      'maxRecordsToDisplay',
      'parentFieldApiName',
      'relatedListApiName',
      'relatedListDisplayType',
      'relatedListFieldAliases',
      'relatedListLabel',
      'showActionBar',
      'sortFieldAlias',
      'sortFieldOrder',
    ],
  },
};

/** Page templates with the regions they have. */
export const PAGE_TEMPLATES: Record<string, { type: string; regions: string[] }> = {
  'flexipage:recordHomeTemplateDesktop': { type: 'RecordPage', regions: ['header', 'main', 'sidebar'] },
  'flexipage:defaultAppHomeTemplate': { type: 'AppPage', regions: ['main'] },
  'home:desktopTemplate': { type: 'HomePage', regions: ['top', 'bottomLeft', 'bottomRight', 'sidebar'] },
};

/** Target a component has to offer to stand on a page of that type. */
export const TARGET_OF_PAGE: Record<string, string> = {
  AppPage: 'lightning__AppPage',
  HomePage: 'lightning__HomePage',
  RecordPage: 'lightning__RecordPage',
};

/** Standard actions that a highlights panel may list by name. */
export const STANDARD_ACTIONS = new Set([
  'Edit',
  'Delete',
  'Clone',
  'ChangeOwnerOne',
  'Share',
  'Submit',
  'PrintableView',
]);
