/** A kind of metadata file this project uses, and where the source format keeps it. */
export interface MetadataType {
  type: string;
  suffix: string;
  /** Name of the folder that holds the file (for bundles: that holds the bundle's folder). */
  folder: string;
  /** Children of an object live under `objects/<object>/<folder>`. */
  ofObject?: true;
  /** Lies in a folder of its own choosing below `folder`, which is a component too. */
  inFolder?: true;
  /** People read it in Setup, so it has to say what it is for. */
  described?: true;
}

/**
 * Suffixes and folders as the Salesforce CLI's own registry has them. A kind that is missing here is refused by the
 * rule `file-place`, so that nothing is deployed that no rule has looked at: add a line here and its rule with it.
 */
export const METADATA_TYPES: readonly MetadataType[] = [
  { type: 'CustomApplication', suffix: 'app', folder: 'applications', described: true },
  { type: 'CustomField', suffix: 'field', folder: 'fields', ofObject: true, described: true },
  { type: 'CustomLabels', suffix: 'labels', folder: 'labels' },
  { type: 'CustomObject', suffix: 'object', folder: 'objects', described: true },
  { type: 'CustomPermission', suffix: 'customPermission', folder: 'customPermissions', described: true },
  { type: 'CustomTab', suffix: 'tab', folder: 'tabs', described: true },
  { type: 'CompactLayout', suffix: 'compactLayout', folder: 'compactLayouts', ofObject: true },
  { type: 'Dashboard', suffix: 'dashboard', folder: 'dashboards', inFolder: true, described: true },
  { type: 'DashboardFolder', suffix: 'dashboardFolder', folder: 'dashboards' },
  { type: 'ExternalClientApplication', suffix: 'eca', folder: 'externalClientApps', described: true },
  { type: 'ExtlClntAppOauthSettings', suffix: 'ecaOauth', folder: 'extlClntAppOauthSettings' },
  { type: 'FlexiPage', suffix: 'flexipage', folder: 'flexipages', described: true },
  { type: 'Flow', suffix: 'flow', folder: 'flows', described: true },
  { type: 'Layout', suffix: 'layout', folder: 'layouts' },
  { type: 'LightningComponentBundle', suffix: 'js', folder: 'lwc', described: true },
  { type: 'ListView', suffix: 'listView', folder: 'listViews', ofObject: true },
  { type: 'PermissionSet', suffix: 'permissionset', folder: 'permissionsets', described: true },
  { type: 'PlatformEventChannel', suffix: 'platformEventChannel', folder: 'platformEventChannels' },
  { type: 'PlatformEventChannelMember', suffix: 'platformEventChannelMember', folder: 'platformEventChannelMembers' },
  { type: 'QuickAction', suffix: 'quickAction', folder: 'quickActions', described: true },
  { type: 'StaticResource', suffix: 'resource', folder: 'staticresources', described: true },
  { type: 'Report', suffix: 'report', folder: 'reports', inFolder: true, described: true },
  { type: 'ReportFolder', suffix: 'reportFolder', folder: 'reports' },
  { type: 'ReportType', suffix: 'reportType', folder: 'reportTypes', described: true },
  { type: 'ValidationRule', suffix: 'validationRule', folder: 'validationRules', ofObject: true, described: true },
  { type: 'WebLink', suffix: 'webLink', folder: 'webLinks', ofObject: true, described: true },
];

const BY_SUFFIX = new Map(METADATA_TYPES.map((type) => [type.suffix, type]));

export const metadataTypeOf = (suffix: string): MetadataType | undefined => BY_SUFFIX.get(suffix);
