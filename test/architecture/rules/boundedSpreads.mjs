// @ts-check

const MESSAGE =
  'Arguments lie on the stack: a list of some hundred thousand throws. Use a loop, flatMap or reduce; where the list is short, say why in a comment that disables this rule.';

/**
 * No list of unknown length becomes the arguments of a call: `push(...list)`, `Math.max(...list)`,
 * `String.fromCharCode.apply(null, list)`. Tuples, lists that are written out, and arguments passed on are short.
 *
 * @type {import('eslint').Rule.RuleModule}
 */
const spread = {
  meta: { type: 'problem', schema: [], messages: { spread: MESSAGE } },
  create(context) {
    const { parserServices } = context.sourceCode;
    const { program, esTreeNodeToTSNodeMap } = parserServices;
    const checker = program.getTypeChecker();

    /** @param {any} type */
    const isShortType = (type) => {
      if (type.isUnion()) return type.types.every(isShortType);
      return checker.isTupleType(type) && type.target.hasRestElement === false;
    };

    /** The arguments of the function itself were arguments before. @param {any} node */
    const isPassedOn = (node) => {
      if (node.type !== 'Identifier') return false;
      /** @type {import('eslint').Scope.Scope | null} */
      let scope = context.sourceCode.getScope(node);
      for (; scope; scope = scope.upper) {
        const variable = scope.set.get(node.name);
        if (!variable) continue;
        if (node.name === 'arguments' && variable.defs.length === 0) return true;
        return variable.defs.some(
          ({ type, name }) =>
            type === 'Parameter' && /** @type {any} */ (name).parent?.type === 'RestElement',
        );
      }
      return false;
    };

    /** @param {any} node @returns {boolean} */
    const isShort = (node) => {
      if (node.type === 'ArrayExpression') {
        return node.elements.every(
          (/** @type {any} */ element) => element?.type !== 'SpreadElement' || isShort(element.argument),
        );
      }
      if (node.type === 'TSAsExpression' || node.type === 'ChainExpression') return isShort(node.expression);
      if (node.type === 'ConditionalExpression') return isShort(node.consequent) && isShort(node.alternate);
      if (node.type === 'LogicalExpression') return isShort(node.left) && isShort(node.right);
      return isPassedOn(node) || isShortType(checker.getTypeAtLocation(esTreeNodeToTSNodeMap.get(node)));
    };

    /** @param {any} node */
    const check = (node) => {
      if (!isShort(node)) context.report({ node, messageId: 'spread' });
    };

    return {
      'CallExpression > SpreadElement.arguments, NewExpression > SpreadElement.arguments'(
        /** @type {any} */ node,
      ) {
        check(node.argument);
      },
      'CallExpression[callee.property.name="apply"]'(/** @type {any} */ node) {
        const list = node.arguments[node.callee.object.name === 'Reflect' ? 2 : 1];
        if (list) check(list);
      },
      'CallExpression[callee.object.name="Reflect"][callee.property.name="construct"]'(
        /** @type {any} */ node,
      ) {
        if (node.arguments[1]) check(node.arguments[1]);
      },
    };
  },
};

/** A plugin for ESLint; needs types. */
export const boundedSpreads = { rules: { spread } };
