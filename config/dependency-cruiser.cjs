/**
 * Which way things lean: domain ← ports ← agents ← functions ← connectors, infrastructure ← app (STYLE: "Which way things lean").
 * Every rule is an error, type-only imports included.
 */
const service = '^integration-service/src';
const never = (name, comment, from, to) => ({ name, comment, severity: 'error', from, to });
const layer = (name, mayNotReach) =>
  never(
    `${name}-leans-left`,
    `${name} may not import ${mayNotReach.join(', ')}`,
    { path: `${service}/${name}/` },
    { path: `${service}/(${mayNotReach.join('|')})/` },
  );

module.exports = {
  forbidden: [
    never('no-cycles', 'a circle has no order in which it can be understood', {}, { circular: true }),
    never(
      'resolvable',
      'an import that does not resolve; in the browser half of the record pages the bundler resolves',
      { pathNot: '^integration-service/local/pages/browser/' },
      { couldNotResolve: true },
    ),
    layer('domain', ['ports', 'agents', 'functions', 'connectors', 'infrastructure', 'app']),
    layer('ports', ['agents', 'functions', 'connectors', 'infrastructure', 'app']),
    layer('agents', ['functions', 'connectors', 'infrastructure', 'app']),
    layer('functions', ['connectors', 'infrastructure', 'app']),
    layer('connectors', ['agents', 'functions', 'infrastructure', 'app']),
    layer('infrastructure', ['agents', 'functions', 'connectors', 'app']),
    never(
      'src-knows-no-local-world',
      'no production code may contain the local world',
      { path: service, pathNot: '\\.(test|contract)\\.ts$' },
      { path: '^integration-service/(local|test|bench)/' },
    ),
    never(
      'function-apart',
      'a function does not import another function',
      { path: `${service}/functions/([^/]+)/` },
      { path: `${service}/functions/([^/]+)/`, pathNot: `${service}/functions/$1/` },
    ),
    never(
      'connector-apart',
      'a connector does not import another connector',
      { path: `${service}/connectors/([^/]+)/`, pathNot: `${service}/connectors/kit/` },
      { path: `${service}/connectors/([^/]+)/`, pathNot: `${service}/connectors/($1|kit)/` },
    ),
    never(
      'vendor-sdk-in-client-only',
      'a vendor SDK is imported in client.ts and nowhere else',
      { path: `${service}/`, pathNot: `${service}/connectors/[^/]+/(client|wire)(\\.test)?\\.ts$|\\.test\\.ts$` },
      { path: 'node_modules/(@aws-sdk/client-|jsforce|@slack/)' },
    ),
    never(
      'domain-pure',
      'the only library of the domain is zod',
      { path: `${service}/domain/`, pathNot: '\\.test\\.ts$' },
      { dependencyTypes: ['npm', 'core'], pathNot: 'node_modules/zod/' },
    ),
    never(
      'package-code-pure',
      'from the package the service may import the shared draft module only; a test may compare both',
      { path: service, pathNot: '\\.test\\.ts$' },
      { path: '^force-app/', pathNot: '^force-app/main/co-selling/lwc/referralDraft/' },
    ),
  ],
  options: {
    doNotFollow: { path: 'node_modules' },
    exclude: { path: '(\\.contract\\.ts|__fixtures__)' },
    tsPreCompilationDeps: true,
    tsConfig: { fileName: 'integration-service/tsconfig.json' },
    enhancedResolveOptions: {
      exportsFields: ['exports'],
      conditionNames: ['import', 'require', 'node', 'default', 'types'],
    },
  },
};
