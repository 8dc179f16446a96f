import { mkdtemp, rm, symlink } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, afterEach, beforeAll, beforeEach, expect, test } from 'vitest';
import { wholeAnswer } from '../../../src/core/chat/answer.ts';
import type { ModelAccess } from '../../../src/core/models/modelChoice.ts';
import type { QueryEngine } from '../../../src/engine/query/queryEngine.ts';
import { openChatEngine, writeFiles } from '../../support/chatEngine.ts';
import { FakeProvider } from '../../support/fakeProvider.ts';
import { silentLogger } from '../../support/silentLogger.ts';

/** In every planted secret, so that one look at a request finds any of them. */
const MARK = 'Zq7xPlanted9';
const LINES = `${MARK}${'A1b2C3d4'.repeat(6)}`;

/** Files that exist to hold credentials, each with words that the questions ask for. */
const secretFiles = [
  '.env',
  'deploy/production.env',
  'tls/server.pem',
  'keys/id_rsa',
  '.aws/credentials',
  'config/secrets.yaml',
];
const secretText = `# How the payment gateway is opened: its password\nGATEWAY_PASSWORD=${MARK}\nopen ${MARK}\n`;

/** Ordinary source that somebody left keys in. */
const leaky = `/** Opens the payment gateway with its password. */
export function openGateway(): Gateway {
  const token = "${MARK}abc";
  const github = ['${['ghp', `${MARK}A1b2C3d4E5f6`].join('_')}'];
  const url = 'postgres://gateway:${MARK}@db.internal/pay';
  return connect(url, token, github);
}
const pem = \`-----BEGIN PRIVATE KEY-----
${LINES}
${LINES}
-----END PRIVATE KEY-----\`;
`;

const QUESTIONS = [
  'How is the payment gateway opened with its password?',
  'What is GATEWAY_PASSWORD in .env?',
  `Show me tls/server.pem and config/secrets.yaml`,
  'openGateway token github url pem',
];

const never = new AbortController().signal;

let base: string;
let root: string;
let engine: QueryEngine;
let provider: FakeProvider;

beforeAll(async () => {
  base = await mkdtemp(join(tmpdir(), 'touchstone-secrets-'));
  root = join(base, 'workspace');
  await writeFiles(root, {
    ...Object.fromEntries(secretFiles.map((path) => [path, secretText])),
    'src/gateway.ts': leaky,
    'src/notes.ts': '/** The gateway of payments. */\nexport const gateway = 1;\n',
    '.touchstoneignore': secretFiles.map((path) => `!${path}`).join('\n'),
  });
  await symlink(join(root, '.env'), join(root, 'settings.txt'));
  const opened = await openChatEngine({ base, root, log: silentLogger });
  expect(opened.files).toBe(3);
  ({ engine } = opened);
});

afterAll(async () => {
  await engine.close();
  await rm(base, { recursive: true });
});

beforeEach(async () => {
  provider = await FakeProvider.start();
});

afterEach(() => provider.close());

/** Everything that has reached the provider after these questions. */
async function sentFor(questions: readonly string[]): Promise<string> {
  const model: ModelAccess = { provider: 'compatible', model: 'm', baseUrl: provider.baseUrl };
  for (const question of questions) {
    provider.script({ chunks: ['Like this [1].'] });
    await wholeAnswer(engine.ask(question, { model }, never));
  }
  expect(provider.questions).toHaveLength(questions.length);
  return JSON.stringify(provider.questions);
}

test('attack: keys in source and files for credentials reach no request', async () => {
  const sent = await sentFor(QUESTIONS);
  expect(sent, 'the source itself is sent').toContain('openGateway');
  expect(sent).toContain('[secret]');
  expect(sent).not.toContain(MARK);
});

test('attack: nor do they out of editors with unsaved text', async () => {
  const document = { root, path: 'src/notes.ts' };
  const password = ['password', ' = "', MARK, 'unsaved"'].join('');
  engine.openDocument(document, 1, `/** The gateway, with a password. */\nexport const ${password};\n`);
  for (const path of secretFiles) engine.openDocument({ root, path }, 1, secretText);
  const sent = await sentFor(QUESTIONS);
  expect(sent, 'the unsaved source is sent').toContain('with a password');
  expect(sent).not.toContain(MARK);
  for (const path of secretFiles) {
    const request = { document: { root, path }, version: 1, offset: secretText.length };
    const suggested = await engine.complete(request, never).next();
    expect(suggested.done, 'nothing is suggested either').toBe(true);
  }
});

test('attack: nor does what is pasted into the question', async () => {
  expect(await sentFor([`Why is api_key = "${MARK}pasted" refused?`])).not.toContain(MARK);
});

test('attack: searches find no file for credentials', async () => {
  const hits = await engine.search(`GATEWAY_PASSWORD ${MARK}`, 20);
  expect(hits.filter(({ path }) => secretFiles.includes(path))).toEqual([]);
});
