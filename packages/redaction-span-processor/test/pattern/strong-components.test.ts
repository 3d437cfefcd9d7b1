import * as fc from 'fast-check';
import { strongComponents } from '../../src/pattern/strong-components.js';

const SIZE = 8;
const graphs = fc.array(fc.array(fc.nat(SIZE - 1), { maxLength: 3 }), { minLength: SIZE, maxLength: SIZE });

function reachable(graph: readonly (readonly number[])[], from: number): Set<number> {
  const found = new Set([from]);
  for (const node of found) for (const target of graph[node] ?? []) found.add(target);
  return found;
}

describe('strongComponents', () => {
  it('puts nodes together that reach each other, and no others', () => {
    fc.assert(
      fc.property(graphs, (graph) => {
        const components = strongComponents(SIZE, (node) => graph[node] ?? []);
        for (let one = 0; one < SIZE; one++) {
          for (let other = 0; other < SIZE; other++) {
            const both = reachable(graph, one).has(other) && reachable(graph, other).has(one);
            expect(components[one] === components[other]).toBe(both);
          }
        }
      }),
    );
  });

  it('numbers them so that edges lead to lower ones', () => {
    fc.assert(
      fc.property(graphs, (graph) => {
        const components = strongComponents(SIZE, (node) => graph[node] ?? []);
        graph.forEach((targets, node) =>
          targets.forEach((target) => expect(components[target]).toBeLessThanOrEqual(components[node] ?? 0)),
        );
      }),
    );
  });

  it('does not run out of stack on a long chain', () => {
    const components = strongComponents(100_000, (node) => (node + 1 < 100_000 ? [node + 1] : []));
    expect(new Set(components).size).toBe(100_000);
  });
});
