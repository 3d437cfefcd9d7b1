/**
 * The number of the strongly connected component of every node, in an order in which edges lead to lower or equal ones
 * (Tarjan's algorithm, without recursion).
 */
export function strongComponents(size: number, targets: (node: number) => readonly number[]): Int32Array {
  const component = new Int32Array(size).fill(-1);
  const order = new Int32Array(size).fill(-1);
  const low = new Int32Array(size);
  const open: number[] = [];
  let visited = 0;
  let count = 0;
  for (let root = 0; root < size; root++) {
    if (order[root] !== -1) continue;
    const path: { node: number; next: number; targets: readonly number[] }[] = [];
    const enter = (node: number): void => {
      order[node] = low[node] = visited++;
      open.push(node);
      path.push({ node, next: 0, targets: targets(node) });
    };
    enter(root);
    for (let top = path.at(-1); top !== undefined; top = path.at(-1)) {
      const target = top.targets[top.next++];
      if (target === undefined) {
        path.pop();
        const parent = path.at(-1);
        if (parent !== undefined) low[parent.node] = Math.min(low[parent.node] ?? 0, low[top.node] ?? 0);
        if (low[top.node] !== order[top.node]) continue;
        for (let node = open.pop(); node !== undefined; node = open.pop()) {
          component[node] = count;
          if (node === top.node) break;
        }
        count++;
      } else if (order[target] === -1) {
        enter(target);
      } else if (component[target] === -1) {
        low[top.node] = Math.min(low[top.node] ?? 0, order[target] ?? 0);
      }
    }
  }
  return component;
}
