import type { FlowModel } from './flow-model.ts';

/** One component on a page, with its properties and the components in its facets (a tab's body, a section's columns). */
export interface PageNode {
  /** The platform's name, such as `force:detailPanel` or `c:referralPanel`; `field` for a field of a dynamic form. */
  component: string;
  properties: Record<string, string | string[]>;
  facets: Record<string, PageNode[]>;
  /** Shown only while all of these hold; empty means always. */
  when: { left: string; operator: string; right: string }[];
}

/** A page of the package as its flexipage describes it. */
export interface PageLayout {
  name: string;
  label: string;
  type: string;
  object: string | null;
  template: string;
  /** The template's regions in the flexipage's order. */
  regions: { name: string; nodes: PageNode[] }[];
}

/** A section of a page layout: columns of field names. */
export interface LayoutSection {
  label: string;
  columns: { field: string; readOnly: boolean; required: boolean }[][];
}

/** A related list of a page layout. */
export interface RelatedListLayout {
  relationship: string;
  fields: string[];
}

/** A list button or quick action that opens a screen flow. */
export interface FlowAction {
  name: string;
  label: string;
  flow: string;
}

/** What the package says about showing one object. */
export interface ObjectPages {
  apiName: string;
  icon: string;
  /** Fields under the record's name, from the compact layout. */
  highlights: string[];
  sections: LayoutSection[];
  relatedLists: RelatedListLayout[];
  listViews: { name: string; label: string }[];
  listButtons: FlowAction[];
  quickActions: FlowAction[];
  recordPage: PageLayout | null;
}

/** One entry of the app's navigation bar. */
export interface NavigationItem {
  name: string;
  label: string | null;
  /** What it opens: an object's list, a page of the package, or home. */
  opens: { kind: 'object'; object: string } | { kind: 'page'; page: string } | { kind: 'home' };
}

/** Everything the shell needs to know of the package, read from its source. */
export interface PageModel {
  apiVersion: string;
  app: { name: string; label: string; navigation: NavigationItem[] };
  /** The tabs that each permission set shows. */
  tabsOfPermissionSets: Record<string, string[]>;
  /** The custom permissions that each permission set gives. */
  customPermissionsOfPermissionSets: Record<string, string[]>;
  home: PageLayout | null;
  pages: Record<string, PageLayout>;
  objects: Record<string, ObjectPages>;
  flows: Record<string, FlowModel>;
  /** Custom labels that flows show. */
  flowLabels: Record<string, string>;
}
