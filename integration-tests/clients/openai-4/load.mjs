// The ES module build of this folder's client, found the way an application finds it.
import * as openai from 'openai';
import * as zodHelpers from 'openai/helpers/zod';
import { z } from 'zod';

export { openai, z, zodHelpers };
