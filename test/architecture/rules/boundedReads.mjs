// @ts-check

const READ =
  'Read it with src/adapters/durable/regularFile.ts or through a FileTree: what the workspace names may be a pipe, a device, a link or have no end. Files of our own are listed in test/architecture/rules/boundedReads.mjs.';

const READING =
  '/^(readFile|readFileSync|createReadStream|open|openSync|openAsBlob|ReadStream|readv|readvSync)$/';
const FS = '/^(node:)?fs(\\/promises)?$/';

/** Syntax that reads files without a bound, for ESLint's `no-restricted-syntax`. */
export const boundedReads = [
  {
    selector: `ImportDeclaration[source.value=${FS}] ImportSpecifier[imported.name=${READING}]`,
    message: READ,
  },
  // The whole module, under whatever name, has them all.
  { selector: `ImportDeclaration[source.value=${FS}] ImportNamespaceSpecifier`, message: READ },
  { selector: `ImportDeclaration[source.value=${FS}] ImportDefaultSpecifier`, message: READ },
  {
    selector: `ImportDeclaration[source.value=${FS}] ImportSpecifier[imported.name=/^(promises|default)$/]`,
    message: READ,
  },
  { selector: `ImportExpression[source.value=${FS}]`, message: READ },
  {
    selector: `CallExpression[callee.name="require"][arguments.0.value=${FS}]`,
    message: READ,
  },
  {
    selector: `CallExpression[callee.property.name="getBuiltinModule"][arguments.0.value=${FS}]`,
    message: READ,
  },
  {
    selector: 'MemberExpression[property.name="readFile"][object.property.name="fs"]',
    message: READ,
  },
];

/** Those that read nothing but what Touchstone itself has written or brought, or check what they open in their own way. */
export const READERS = [
  'src/adapters/durable/regularFile.ts',
  'src/adapters/durable/atomicWrite.ts',
  'src/adapters/durable/makeFolder.ts',
  'src/adapters/image/imageFile.ts',
  'src/adapters/sqlite/sqliteFile.ts',
  'src/engine/workspace/openSyntaxParser.ts',
  'src/host/evalFiles/caseFileCompletions.ts',
  'src/host/evaluation/evaluationState.ts',
];
