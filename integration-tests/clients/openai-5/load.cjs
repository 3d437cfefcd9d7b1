// The CommonJS build of this folder's client, found the way an application finds it.
module.exports = { openai: require('openai'), z: require('zod').z, zodHelpers: require('openai/helpers/zod') };
