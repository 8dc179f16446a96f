import { expect, test } from 'vitest';
import { skipByName } from '../../../src/core/indexing/skipByName.ts';

test.each('a.png b.JPG c.wasm d.zip e.pdf f.sqlite g.tar.gz h.woff2'.split(' '))('%s is binary', (name) => {
  expect(skipByName(name)).toBe('binary');
});

test.each(
  (
    'package-lock.json yarn.lock Cargo.lock go.sum bundle.js.map index.d.mts.map go.work.sum MODULE.bazel.lock Chart.lock ' +
    'gradle.lockfile bun.lockb packages.lock.json pnpm-lock.yaml .terraform.lock.hcl Package.resolved pixi.lock'
  ).split(' '),
)('%s is generated', (name) => {
  expect(skipByName(name)).toBe('generated');
});

test.each(['jquery.min.js', 'site.min.css'])('%s is minified', (name) => {
  expect(skipByName(name)).toBe('minified');
});

test.each(
  (
    'a.ts keys.ts pem Makefile png zip lock.ts lock.yml padlock.txt deadlock.md block.json go.mod ' +
    'package.json sitemap.map data.csv logo.svg .gitignore min.js'
  ).split(' '),
)('%s is read', (name) => {
  expect(skipByName(name)).toBeUndefined();
});
