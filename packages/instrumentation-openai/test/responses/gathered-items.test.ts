import { GatheredItems } from '../../src/responses/gathered-items';

describe('GatheredItems', () => {
  it('gives the items in the order of their index, not of their arrival', () => {
    const items = new GatheredItems();
    for (const output_index of [2, 10, 0]) {
      items.add('response.output_item.done', { output_index, item: { id: `item_${output_index}` } });
    }
    expect(items.output().map((item) => item['id'])).toEqual(['item_0', 'item_2', 'item_10']);
  });

  it('keeps interleaved deltas apart by item and by part', () => {
    const items = new GatheredItems();
    const delta = (output_index: number, content_index: number, text: string) =>
      items.add('response.output_text.delta', { output_index, content_index, delta: text });
    delta(0, 0, 'a');
    delta(1, 0, 'x');
    delta(0, 1, 'b');
    delta(0, 0, 'A');
    delta(1, 0, 'X');
    expect(items.output().map((item) => item['content'])).toEqual([
      [
        { type: 'output_text', text: 'aA' },
        { type: 'output_text', text: 'b' },
      ],
      [{ type: 'output_text', text: 'xX' }],
    ]);
  });

  it('ignores events that are about no item', () => {
    const items = new GatheredItems();
    items.add('response.web_search_call.searching', { output_index: 0 });
    items.add(undefined, {});
    expect(items.output()).toEqual([]);
  });
});
