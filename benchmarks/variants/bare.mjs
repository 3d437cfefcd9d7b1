// The client alone: what every other row is measured against.

export const name = 'bare client';
export const create = ({ client }) => ({ call: (params) => client.chat.completions.create(params) });
