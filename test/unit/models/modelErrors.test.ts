import { expect, test } from 'vitest';
import {
  ModelAuthError,
  ModelCutOffError,
  ModelRateLimitError,
  ModelRequestError,
  ModelResponseError,
  ModelTimeoutError,
  ModelUnavailableError,
} from '../../../src/core/errors/modelErrors.ts';

const host = 'api.example.com';

test.each([
  [
    new ModelAuthError(host, 'missing'),
    'api.example.com needs an API key. Run "Touchstone: Set Model Key" to store one.',
  ],
  [
    new ModelAuthError(host, 'forbidden', 'No access to m'),
    'The API key for api.example.com may not use this model. Run "Touchstone: Set Model Key" to store another, or choose another model. It says: No access to m.',
  ],
  [
    new ModelRateLimitError(host, 'busy', 1_200),
    'api.example.com takes no more requests for now. Wait 2 s, then try again.',
  ],
  [
    new ModelRateLimitError(host, 'busy'),
    'api.example.com takes no more requests for now. Wait a little, then try again.',
  ],
  [
    new ModelTimeoutError(host, 'idle', 1_500),
    'api.example.com fell silent in the middle of its answer for 1.5 s. Try again, or choose a faster model.',
  ],
  [
    new ModelRequestError(host, 'm', 'request', 400, 'prompt is too long.'),
    "api.example.com rejected the request for m (status 400). Check the model's settings, or choose another model. It says: prompt is too long.",
  ],
  [
    new ModelRequestError(host, 'm', 'request', undefined, ''),
    "api.example.com rejected the request for m. Check the model's settings, or choose another model.",
  ],
  [
    new ModelResponseError(host, 'redirect', 'https://b.example'),
    'api.example.com redirects to https://b.example, and keys are not sent on. If you trust it, set the base URL to where it leads.',
  ],
  [
    new ModelCutOffError(host, 12),
    'The answer of api.example.com broke off in the middle. Ask again to get the rest.',
  ],
  [
    new ModelUnavailableError(host, 'refused'),
    'Nothing answers at api.example.com. Start the model server, or correct the base URL in the settings.',
  ],
])('says what to do: %s', (error, message) => {
  expect(error.message).toBe(message);
  expect(error.endpoint).toBe(host);
});
