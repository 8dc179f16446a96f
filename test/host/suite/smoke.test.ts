import assert from 'node:assert/strict';
import { describe, it } from 'mocha';
import { extensions } from 'vscode';

describe('the extension in a real host', () => {
  it('is present and activates', async () => {
    const extension = extensions.getExtension('touchstone.touchstone');
    assert.ok(extension);
    await extension.activate();
    assert.equal(extension.isActive, true);
  });
});
