import * as fc from 'fast-check';

/** Any UTF-16 text, halves of surrogate pairs included, half of it ASCII. Starts in no time, unlike the unit `binary`. */
export const anyText: fc.Arbitrary<string> = fc.string({
  unit: fc.oneof(fc.nat(0x7f), fc.nat(0xffff)).map((code) => String.fromCharCode(code)),
});
