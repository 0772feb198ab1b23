/** The ladder of imports. A rule that hurts is changed here, in the open, not worked around. */
const LEAVES = '(workflow|expression|sandbox|node-kit|http|files|commands|tasks|connections|connectors)';
const SERVICES =
  '(execution|redaction|retention|backup|triggers|callbacks|notifications|credentials|queue|access|plugins|ai)';
const TESTS = '\\.test\\.ts$';
// Written for tests, though it is not a test: fake clocks, harnesses.
const TEST_PARTS = '(fake|harness|test-|/samples\\.ts)';

const rule = (name, comment, from, to) => ({ name, comment, severity: 'error', from, to });

module.exports = {
  forbidden: [
    rule(
      'no-circular',
      'These files import each other in a circle. Move what both need into a third one. Types may go round, and so may components: a form holds lists that hold forms.',
      {},
      { circular: true, viaOnly: { dependencyTypesNot: ['type-only'], pathNot: '\\.vue$' } },
    ),
    rule(
      'contract-stands-alone',
      'The contract is what all processes agree on; it knows none of them.',
      { path: '^src/contract/' },
      { path: '^src/(engine|main|preload|renderer)/' },
    ),
    rule(
      'contract-libraries',
      'The contract is bundled into every process: zod and @orpc/contract are all it may bring along.',
      { path: '^src/contract/', pathNot: TESTS },
      { dependencyTypes: ['npm', 'npm-dev'], pathNot: 'node_modules/(zod|@orpc/contract)/' },
    ),
    rule(
      'engine-knows-no-host',
      'The engine runs under plain Node in every host and imports none of them.',
      { path: '^src/engine/' },
      { path: '^src/(main|preload|renderer)/' },
    ),
    rule(
      'renderer-knows-the-contract-only',
      'The editor runs in a browser; what it has to know about the engine belongs into src/contract.',
      { path: '^src/renderer/' },
      { path: '^src/(engine|main|preload)/' },
    ),
    rule(
      'preload-stays-thin',
      'The preload hands over a port and nothing else.',
      { path: '^src/preload/' },
      { path: '^src/(engine|main|renderer)/' },
    ),
    rule(
      'desktop-never-loads-the-engine',
      "Electron's main process has another native ABI: the engine runs in a process of its own.",
      { path: '^src/main/(desktop|engine-channel)/', pathNot: TESTS },
      { path: '^src/(engine|main/(engine-host|cli|headless))/' },
    ),
    rule(
      'kernel-is-the-ground',
      'The kernel is below everything else in the engine.',
      { path: '^src/engine/kernel/' },
      { path: '^src/engine/(?!kernel/)' },
    ),
    rule(
      'leaves-below-nodes-and-services',
      'Workflow, expression, sandbox, node-kit, http, files, commands, tasks, connections and connectors are below nodes, services, storage and server.',
      { path: `^src/engine/${LEAVES}/`, pathNot: TESTS },
      { path: `^src/engine/(nodes|registry|storage|server|app\\.ts|${SERVICES})` },
    ),
    rule(
      'nodes-use-the-kit',
      'A node imports node-kit, connectors, the contract and its own libraries; everything else comes through its context.',
      { path: '^src/engine/nodes/', pathNot: TESTS },
      { path: '^src/', pathNot: '^src/(contract|engine/node-kit|engine/connectors|engine/nodes)/' },
    ),
    rule(
      'nodes-keep-apart',
      'A node never imports the folder of another one; share through node-kit, or a connector.',
      { path: '^src/engine/nodes/([^/]+/[^/]+)/', pathNot: TESTS },
      { path: '^src/engine/nodes/[^/]+/[^/]+/', pathNot: '^src/engine/nodes/$1/' },
    ),
    rule(
      'nodes-are-found-by-the-registry',
      'Nobody names a node: the registry finds it by type and version.',
      { path: '^src/engine/', pathNot: `^src/engine/(nodes|registry)/|${TESTS}|${TEST_PARTS}` },
      { path: '^src/engine/nodes/' },
    ),
    rule(
      'storage-below-services',
      'Storage stores; it starts nothing.',
      { path: '^src/engine/storage/', pathNot: TESTS },
      { path: `^src/engine/(nodes|registry|server|app\\.ts|${SERVICES})`, dependencyTypesNot: ['type-only'] },
    ),
    rule(
      'services-below-server',
      'Services know no HTTP and no wiring.',
      { path: `^src/engine/${SERVICES}/`, pathNot: TESTS },
      { path: '^src/engine/(server/|app\\.ts)' },
    ),
    rule(
      'only-app-wires',
      'Only app.ts puts the parts together.',
      { path: '^src/engine/', pathNot: `^src/engine/[^/]+$|${TESTS}` },
      { path: '^src/engine/app\\.ts$' },
    ),
    rule(
      'folders-have-one-face',
      'Another folder of the engine is imported through its index.ts; a connector through its own, so that no driver is read in vain, and so is the reader of OpenAPI documents, which runs in task processes.',
      { path: '^src/engine/([^/]+)/', pathNot: `${TESTS}|${TEST_PARTS}` },
      {
        path: '^src/engine/([^/]+)/',
        pathNot:
          '^src/engine/($1/|[^/]+/index\\.ts$|connectors/[^/]+/index\\.ts$|workflow/import/openapi/index\\.ts$)',
      },
    ),
    rule(
      'pages-have-one-face',
      'Another folder of the renderer is imported through its index.ts; the editor, its canvas and its node panel share one document and know each other.',
      { path: '^src/renderer/([^/]+)/', pathNot: `${TESTS}|^src/renderer/(editor|canvas|node-panel)/` },
      {
        path: '^src/renderer/([^/]+)/.*\\.(ts|vue)$',
        pathNot: '^src/renderer/($1/|[^/]+/index\\.ts$|layout/)',
      },
    ),
    rule(
      'no-development-packages-at-run-time',
      'This package is not installed with the application; move it to "dependencies" if it is needed at run time.',
      { path: '^src/(contract|engine|main)/', pathNot: TESTS },
      { dependencyTypes: ['npm-dev'], dependencyTypesNot: ['type-only'], pathNot: 'node_modules/electron/' },
    ),
    rule(
      'resolvable',
      'This import leads nowhere.',
      { path: '^src/' },
      { couldNotResolve: true, pathNot: '^virtual:' },
    ),
  ],
  options: {
    doNotFollow: { path: 'node_modules' },
    exclude: { path: '\\.gen\\.ts$' },
    tsPreCompilationDeps: true,
    tsConfig: { fileName: 'tsconfig.base.json' },
    enhancedResolveOptions: {
      exportsFields: ['exports'],
      conditionNames: ['import', 'require', 'node', 'default', 'types'],
      extensions: ['.ts', '.js', '.json', '.vue'],
    },
  },
};
