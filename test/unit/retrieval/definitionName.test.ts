import { describe, expect, it } from 'vitest';
import { SourceText } from '../../../src/core/retrieval/sourceText.ts';

const namesIn = (text: string, path = 'a.ts'): readonly string[] =>
  new SourceText(path, text).definitions.map(({ name }) => name);

describe('definitionName', () => {
  it.each([
    ['export default async function load(path: string) {', 'load'],
    ['function* items() {', 'items'],
    ['export const parse = (text: string): Tree => {', 'parse'],
    ['  const inner = async (x) => x;', 'inner'],
    ['export abstract class Store<T> implements Reader {', 'Store'],
    ['  static async #open(path: string): Promise<void> {', 'open'],
    ['  get size(): number {', 'size'],
    ['  get(key: string) {', 'get'],
    ['  merge<T>(a: T, b: T): T {', 'merge'],
    ['interface Reader {', 'Reader'],
    ['export type Row = readonly string[];', 'Row'],
    ['module.exports.run = function (argv) {', 'run'],
    ['  onClose: (code) => {', 'onClose'],
    ['def load_all(path):', 'load_all'],
    ['    async def fetch(self):', 'fetch'],
    ['class Parser(Base):', 'Parser'],
    ['MAX_SIZE = 10', 'MAX_SIZE'],
    ['func (r *Reader) Read(p []byte) (int, error) {', 'Read'],
    ['type Config struct {', 'Config'],
    ['pub(crate) fn new(primary: A) -> Self {', 'new'],
    ["impl<'a, T: Foo> Cache<T> {", 'Cache'],
    ['pub enum Kind {', 'Kind'],
    ['public static void main(String[] args) {', 'main'],
    ['  private final Map<String, List<Integer>> byName(int limit) throws IOException {', 'byName'],
    ['static int compare(const void *a, const void *b);', 'compare'],
    ['std::string Parser::next() const {', 'next'],
    ['template_engine(int x)\n{', 'template_engine'],
    ['enum class Color {', 'Color'],
    ['#define MAX_PATHS 10', 'MAX_PATHS'],
    ['  def self.find(id)', 'find'],
    ['function M.load(path)', 'load'],
    ['function M:save(value)', 'save'],
    ['const val LIMIT = 1', 'LIMIT'],
    ['companion object Factory {', 'Factory'],
    ['  implicit def toText[A](a: A): Text = render(a)', 'toText'],
    ['    override suspend fun String.load(limit: Int) = limit', 'load'],
    ['  private[this] def step(n: Int): Unit = {', 'step'],
    ['    public async Task<int> LoadAsync(string path)\n    {', 'LoadAsync'],
    ['    protected abstract void run() throws IOException;', 'run'],
    ['    public static function make(array $x): self', 'make'],
    ['die () {', 'die'],
    ['function require(id) {', 'require'],
    ['const loaded = load(require("./a"));', 'loaded'],
  ])('finds what is defined by: %s', (line, name) => {
    expect(namesIn(line)).toEqual([name]);
  });

  it.each([
    ['  return parse(text);'],
    ['  if (isReady(x)) {'],
    ['  await save(path, () => {'],
    ['  parse(text);'],
    ['  reader.read(buffer);'],
    ['  const local = 1;'],
    ["import { parse } from './parse.ts';"],
    ['// function notHere() {'],
    [' * class Comment {'],
    ['} else if (a) {'],
    ["  describe('parse', () => {"],
    ['  value = compute(3);'],
    ['"key": (a) => 1'],
    ["const parse = require('./parse');"],
    ["const { parse } = await import('./parse.js');"],
    ["const parser = await import('./parser.js');"],
    ["exports.parse = require('./parse').default;"],
  ])('finds no definition in: %s', (line) => {
    expect(namesIn(line)).toEqual([]);
  });

  it('finds headings in documents, and no code', () => {
    expect(namesIn('# Getting started\n\nfunction calls are\n## Usage', 'README.md')).toEqual([
      'Getting started',
      'Usage',
    ]);
  });

  it('takes the comment above and the body below', () => {
    const text = [
      'import x',
      '',
      '/**',
      ' * Adds.',
      ' */',
      'function add(',
      '  a,',
      ') {',
      '  return a;',
      '}',
      'const b = 1;',
    ];
    expect(new SourceText('a.ts', text.join('\n')).definitions[0]).toMatchObject({
      name: 'add',
      textStart: 2,
      line: 5,
      end: 9,
    });
  });
});
