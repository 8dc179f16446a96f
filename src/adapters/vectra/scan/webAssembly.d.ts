/** What is used of WebAssembly's JavaScript interface: Node's types have none, and a browser's bring a whole browser. */
declare namespace WebAssembly {
  class Memory {
    constructor(descriptor: { readonly initial: number; readonly maximum?: number });
    readonly buffer: ArrayBuffer;
    grow(pages: number): number;
  }

  const Module: new (bytes: Uint8Array) => object;

  class Instance {
    constructor(module: object, imports?: Readonly<Record<string, Readonly<Record<string, unknown>>>>);
    readonly exports: Readonly<Record<string, unknown>>;
  }

  /** Whether this runtime knows all that the module uses. */
  function validate(bytes: Uint8Array): boolean;
}
