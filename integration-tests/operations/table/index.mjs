import { chatHelpers } from './chat-helpers.mjs';
import { chat } from './chat.mjs';
import { clients } from './clients.mjs';
import { dropped } from './dropped.mjs';
import { endpoints } from './endpoints.mjs';
import { failures } from './failures.mjs';
import { held } from './held.mjs';
import { iterators } from './iterators.mjs';
import { platform } from './platform.mjs';
import { responses } from './responses.mjs';
import { streams } from './streams.mjs';

/** Every operation, in the order they run. */
export const OPERATIONS = [
  ...chat,
  ...failures,
  ...streams,
  ...iterators,
  ...chatHelpers,
  ...responses,
  ...endpoints,
  ...platform,
  ...clients,
  ...held,
  ...dropped,
];
