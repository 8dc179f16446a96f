import { tryJson } from '../../core/shared/json.ts';
import { readdir, rename, rm } from 'node:fs/promises';
import { join } from 'node:path';
import * as z from 'zod/mini';
import { boundedMessages } from '../../core/ports/boundedMessages.ts';
import { FileTooLargeError } from '../../core/errors/pathErrors.ts';
import { SerialQueue } from '../../core/async/serialQueue.ts';
import {
  storedSession,
  type LoadedSession,
  type SessionList,
  type SessionStore,
  type StoredSession,
} from '../../core/ports/sessionStore.ts';
import { atomicWrite, TEMPORARY_SUFFIX } from '../durable/atomicWrite.ts';
import { errorCode, readingError, storageError } from '../durable/storageError.ts';
import { makeFolder, PRIVATE, syncFolder } from '../durable/makeFolder.ts';
import { assertOwnFolder } from '../durable/ownPlace.ts';
import { readRegularFile } from '../durable/regularFile.ts';

/** Raised when a file of before could be misread; what it was then is read and rewritten by this version. */
const FORMAT = 1;
/** What is kept of a conversation has at most 10 million UTF-16 units of JSON: each takes three bytes or fewer. */
const MAX_BYTES = 2 ** 25;
const SUFFIX = '.json';
const SESSION_FILE = /^([\w-]{1,64})\.json$/;

const anyFile = z.object({ format: z.int() });
const file = z.extend(storedSession, { format: z.literal(FORMAT) });

/** Sessions in a folder, one file of JSON each, of bounded size: of longer conversations the newest is kept. What is set aside has another ending and stays until a person deletes it. */
export class FileSessionStore implements SessionStore {
  readonly #folder: string;
  /** Of everything that changes files. */
  readonly #queue = new SerialQueue();
  #isSynced = false;

  /** The folder is made when the first session is saved. */
  constructor(folder: string) {
    this.#folder = folder;
  }

  async list(): Promise<SessionList> {
    const ids = (await this.#names()).flatMap((name) => SESSION_FILE.exec(name)?.[1] ?? []);
    const sessions: SessionList['sessions'][number][] = [];
    const problems: string[] = [];
    for (const id of ids) {
      const loaded = await this.load(id);
      if (loaded.session) sessions.push({ id, updatedAt: loaded.session.updatedAt });
      for (const problem of loaded.problems) problems.push(problem);
    }
    return { sessions: sessions.sort((a, b) => b.updatedAt - a.updatedAt), problems };
  }

  load(id: string): Promise<LoadedSession> {
    return this.#queue.run(async () => {
      const path = this.#pathOf(id);
      const text = await readIfThere(path);
      if (text === undefined) return { session: undefined, problems: [] };
      const session = parse(text);
      if (session?.id === id) return { session, problems: [] };
      const aside = `${path}.${isNewer(text) ? 'newer' : 'damaged'}-${Date.now()}`;
      await rename(path, aside).catch((error: unknown) => {
        throw storageError(error, path);
      });
      return { session: undefined, problems: [problemOf(text, aside)] };
    });
  }

  save(session: StoredSession): Promise<void> {
    return this.#queue.run(async () => {
      assertOwnFolder(this.#folder);
      makeFolder(this.#folder, PRIVATE);
      const messages = boundedMessages(session.messages);
      const bytes = new TextEncoder().encode(JSON.stringify({ format: FORMAT, ...session, messages }));
      await atomicWrite(this.#pathOf(session.id), bytes);
      if (!this.#isSynced) await syncFolder(this.#folder);
      this.#isSynced = true;
    });
  }

  delete(id: string): Promise<void> {
    return this.#queue.run(async () => {
      const path = `${id}${SUFFIX}`;
      // A writer that was killed may have left a copy.
      const own = (await this.#names()).filter(
        (name) => name === path || (name.startsWith(`${path}.`) && name.endsWith(TEMPORARY_SUFFIX)),
      );
      for (const name of own) await rm(join(this.#folder, name), { force: true });
    });
  }

  #pathOf(id: string): string {
    return join(this.#folder, `${id}${SUFFIX}`);
  }

  async #names(): Promise<readonly string[]> {
    try {
      return await readdir(this.#folder);
    } catch (error) {
      if (errorCode(error) === 'ENOENT') return [];
      throw readingError(error, this.#folder);
    }
  }
}

/** The empty text, which is no session, for a file that is larger than any of ours. */
async function readIfThere(path: string): Promise<string | undefined> {
  try {
    return (await readRegularFile(path, { maxBytes: MAX_BYTES })).toString();
  } catch (error) {
    if (error instanceof FileTooLargeError) return '';
    if (errorCode(error) === 'ENOENT') return undefined;
    throw readingError(error, path);
  }
}

function parse(text: string): StoredSession | undefined {
  const { data } = file.safeParse(tryJson(text));
  if (!data) return undefined;
  const { id, createdAt, updatedAt, messages } = data;
  return { id, createdAt, updatedAt, messages: [...boundedMessages(messages)] };
}

function isNewer(text: string): boolean {
  return (anyFile.safeParse(tryJson(text)).data?.format ?? 0) > FORMAT;
}

function problemOf(text: string, aside: string): string {
  return isNewer(text)
    ? `A conversation was written by a newer version of Touchstone. It is kept in ${aside}.`
    : `A conversation could not be read. What is there of it is kept in ${aside}.`;
}
