import { createRequire } from 'node:module';
import { join } from 'node:path';
import { diag } from '@opentelemetry/api';
import type * as Api from '@opentelemetry/api';
import type * as SdkLogs from '@opentelemetry/sdk-logs';
import type * as SdkNode from '@opentelemetry/sdk-node';
import type * as SdkTrace from '@opentelemetry/sdk-trace';

/** The package of the SDK; the one that the application installs. */
const SDK_NODE = '@opentelemetry/sdk-node';

/**
 * Loads the SDK's packages as `@opentelemetry/sdk-node` itself sees them.
 *
 * Its batch processor and exporters must be of the very release that makes the provider: the releases pin each other
 * exactly, and a second copy beside them loses spans without a word. A dependency of ours on those packages would fix
 * one of the two SDK lines, and package managers that isolate packages (pnpm) let us see only what we depend on.
 */
export class SdkModules {
  readonly #require: NodeJS.Require;

  /** @throws Error when `@opentelemetry/sdk-node` is not installed. */
  constructor() {
    const path = resolveSdkNode();
    this.#require = createRequire(path);
    this.sdkNode = this.#require(path) as typeof SdkNode;
  }

  readonly sdkNode: typeof SdkNode;

  /** The API that the SDK registers itself with. */
  get api(): typeof Api {
    return this.#require('@opentelemetry/api') as typeof Api;
  }

  get sdkLogs(): typeof SdkLogs {
    return this.#require('@opentelemetry/sdk-logs') as typeof SdkLogs;
  }

  get sdkTrace(): typeof SdkTrace {
    return this.#require('@opentelemetry/sdk-trace') as typeof SdkTrace;
  }

  /**
   * A package that `@opentelemetry/sdk-node` depends on.
   *
   * @throws Error when that release of the SDK has no such package.
   */
  load(name: string): unknown {
    return this.#require(name);
  }

  /** Says so when the SDK and genspan have different copies of the API: what one registers, the other may not see. */
  warnOfSecondApi(): void {
    const theirs = this.#require.resolve('@opentelemetry/api');
    const ours = require.resolve('@opentelemetry/api');
    if (theirs === ours) return;
    diag.error(
      'Two copies of @opentelemetry/api are installed, one for genspan and one for the SDK: telemetry may be lost. ' +
        'Install one version that suits both (`npm ls @opentelemetry/api` shows where they are).',
    );
  }
}

/** Beside genspan as a peer has to be, else where the application is: genspan may be linked or installed globally. */
function resolveSdkNode(): string {
  try {
    return require.resolve(SDK_NODE);
  } catch {
    return createRequire(join(process.cwd(), 'package.json')).resolve(SDK_NODE);
  }
}
