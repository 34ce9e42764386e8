import type { Rule } from '../rule.ts';
import { actions } from './actions.ts';
import { apiVersions } from './api-versions.ts';
import { applications } from './applications.ts';
import { channels } from './channels.ts';
import { compactLayouts } from './compact-layouts.ts';
import { dashboards } from './dashboards.ts';
import { descriptions } from './descriptions.ts';
import { externalClientApps } from './external-client-apps.ts';
import { fields } from './fields.ts';
import { filePlace } from './file-place.ts';
import { flexipages } from './flexipages.ts';
import { flowGraph } from './flow-graph.ts';
import { flowReferences } from './flow-references.ts';
import { grantedSomewhere } from './granted.ts';
import { labels } from './labels.ts';
import { layouts } from './layouts.ts';
import { listViews } from './list-views.ts';
import { lwcBundles } from './lwc-bundles.ts';
import { lwcImports } from './lwc-imports.ts';
import { lwcTemplates } from './lwc-templates.ts';
import { names } from './names.ts';
import { namespace } from './namespace.ts';
import { objects } from './objects.ts';
import { oneDoor } from './one-door.ts';
import { packagedLosses } from './packaged-losses.ts';
import { permissionSets } from './permission-sets.ts';
import { picklists } from './picklists.ts';
import { relationships } from './relationships.ts';
import { reportTypes } from './report-types.ts';
import { reports } from './reports.ts';
import { schema } from './schema.ts';
import { staticResources } from './static-resources.ts';
import { validationRules } from './validation-rules.ts';
import { wellFormed } from './well-formed.ts';

/** Every rule, from the shape of a file to what it refers to. A new rule is one file and one line here. */
export const RULES: readonly Rule[] = [
  wellFormed,
  filePlace,
  schema,
  names,
  descriptions,
  objects,
  fields,
  picklists,
  relationships,
  validationRules,
  compactLayouts,
  listViews,
  layouts,
  reportTypes,
  reports,
  dashboards,
  permissionSets,
  grantedSomewhere,
  packagedLosses,
  oneDoor,
  flexipages,
  applications,
  actions,
  flowGraph,
  flowReferences,
  channels,
  externalClientApps,
  labels,
  staticResources,
  lwcBundles,
  lwcImports,
  lwcTemplates,
  namespace,
  apiVersions,
];
