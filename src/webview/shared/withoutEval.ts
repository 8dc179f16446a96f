import { config } from 'zod/mini';

// zod compiles validators with `new Function`, which the view's policy forbids and reports. Imported before any schema.
config({ jitless: true });
