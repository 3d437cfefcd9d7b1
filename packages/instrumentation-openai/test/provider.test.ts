import { startOpenAIServer } from '@genspan/test-utils';
import OpenAI, { AzureOpenAI } from 'openai';
import { endpointOf } from '../src/provider.js';
import { observedOpenAI, QUESTION } from './observed-openai.js';

const clientOf = (baseURL: string) => new OpenAI({ apiKey: 'none', baseURL });

describe('endpointOf', () => {
  it.each([
    ['https://api.openai.com/v1', 'openai', 'api.openai.com', 443],
    ['https://eu.api.openai.com/v1', 'openai', 'eu.api.openai.com', 443],
    ['https://my-resource.openai.azure.com/openai/v1/', 'azure.ai.openai', 'my-resource.openai.azure.com', 443],
    ['https://me.cognitiveservices.azure.com/openai/v1', 'azure.ai.openai', 'me.cognitiveservices.azure.com', 443],
    ['https://me.services.ai.azure.com/models', 'azure.ai.inference', 'me.services.ai.azure.com', 443],
    ['https://phi.eastus2.models.ai.azure.com/v1', 'azure.ai.inference', 'phi.eastus2.models.ai.azure.com', 443],
    ['https://api.deepseek.com', 'deepseek', 'api.deepseek.com', 443],
    ['https://api.groq.com/openai/v1', 'groq', 'api.groq.com', 443],
    ['https://api.x.ai/v1', 'x_ai', 'api.x.ai', 443],
    ['https://api.mistral.ai/v1', 'mistral_ai', 'api.mistral.ai', 443],
    ['https://api.perplexity.ai', 'perplexity', 'api.perplexity.ai', 443],
    ['https://api.anthropic.com/v1/', 'anthropic', 'api.anthropic.com', 443],
    ['https://api.cohere.ai/compatibility/v1', 'cohere', 'api.cohere.ai', 443],
    ['https://api.cohere.com/compatibility/v1', 'cohere', 'api.cohere.com', 443],
    ['https://api.moonshot.ai/v1', 'moonshot_ai', 'api.moonshot.ai', 443],
    ['https://api.moonshot.cn/v1', 'moonshot_ai', 'api.moonshot.cn', 443],
    [
      'https://generativelanguage.googleapis.com/v1beta/openai/',
      'gcp.gemini',
      'generativelanguage.googleapis.com',
      443,
    ],
    ['https://aiplatform.googleapis.com/v1/endpoints/openapi', 'gcp.vertex_ai', 'aiplatform.googleapis.com', 443],
    [
      'https://bedrock-runtime.us-west-2.amazonaws.com/openai/v1',
      'aws.bedrock',
      'bedrock-runtime.us-west-2.amazonaws.com',
      443,
    ],
    ['https://openrouter.ai/api/v1', 'openrouter', 'openrouter.ai', 443],
    ['https://api.together.xyz/v1', 'together_ai', 'api.together.xyz', 443],
    ['https://api.together.ai/v1', 'together_ai', 'api.together.ai', 443],
    ['https://api.fireworks.ai/inference/v1', 'fireworks_ai', 'api.fireworks.ai', 443],
    ['https://api.cerebras.ai/v1', 'cerebras', 'api.cerebras.ai', 443],
    ['https://integrate.api.nvidia.com/v1', 'nvidia_nim', 'integrate.api.nvidia.com', 443],
    ['https://router.huggingface.co/v1', 'huggingface', 'router.huggingface.co', 443],
    ['https://models.github.ai/inference', 'github_models', 'models.github.ai', 443],
    ['https://models.inference.ai.azure.com', 'github_models', 'models.inference.ai.azure.com', 443],
    ['http://localhost:11434/v1', 'ollama', 'localhost', 11434],
    ['http://127.0.0.1:1234/v1', 'lm_studio', '127.0.0.1', 1234],
    ['http://10.0.0.7:8000/v1', 'vllm', '10.0.0.7', 8000],
    ['http://[::1]:11434/v1', 'ollama', '::1', 11434],
    ['http://[2001:db8::1]/v1', 'openai', '2001:db8::1', 80],
    ['http://localhost:4000', 'openai', 'localhost', 4000],
    ['https://llm-gateway.example.com:8443/v1', 'openai', 'llm-gateway.example.com', 8443],
    ['https://notopenai.com/v1', 'openai', 'notopenai.com', 443],
    ['https://groq.com.example.org/v1', 'openai', 'groq.com.example.org', 443],
    ['https://API.GROQ.COM/openai/v1', 'groq', 'api.groq.com', 443],
  ])('tells whose %s is', (baseURL, providerName, serverAddress, serverPort) => {
    expect(endpointOf(clientOf(baseURL))).toEqual({ providerName, serverAddress, serverPort });
  });

  it('follows a base URL that changes', () => {
    const client = clientOf('https://api.groq.com/openai/v1');
    expect(endpointOf(client).providerName).toBe('groq');
    client.baseURL = 'https://api.x.ai/v1';
    expect(endpointOf(client).providerName).toBe('x_ai');
    expect(endpointOf(client)).toBe(endpointOf(client));
  });

  it('knows the Azure client, even behind a gateway of its own', () => {
    const options = { apiKey: 'none', apiVersion: '2025-01-01-preview' };
    const direct = new AzureOpenAI({ ...options, endpoint: 'https://me.openai.azure.com' });
    const gateway = new AzureOpenAI({ ...options, baseURL: 'https://gateway.example.com/openai' });
    expect(endpointOf(direct)).toEqual({
      providerName: 'azure.ai.openai',
      serverAddress: 'me.openai.azure.com',
      serverPort: 443,
    });
    expect(endpointOf(gateway)).toMatchObject({
      providerName: 'azure.ai.openai',
      serverAddress: 'gateway.example.com',
    });
  });

  it.each([undefined, null, {}, { baseURL: null }, { baseURL: 'no url' }, 'client'])('bears %p', (client) => {
    expect(endpointOf(client)).toEqual({ providerName: 'openai' });
  });
});

describe('a call', () => {
  it('is recorded with the host, the port and the provider of the Azure client', async () => {
    const observed = await observedOpenAI();
    const server = await startOpenAIServer();
    const azure = new AzureOpenAI({
      apiKey: 'none',
      apiVersion: '2025-01-01-preview',
      endpoint: server.url,
      deployment: 'gpt-4o',
    });
    await azure.chat.completions.create(QUESTION);
    expect(server.requests[0]?.path).toBe('/openai/deployments/gpt-4o/chat/completions');
    expect(observed.spans()[0]?.attributes).toMatchObject({
      'gen_ai.provider.name': 'azure.ai.openai',
      'server.address': '127.0.0.1',
      'server.port': Number(new URL(server.url).port),
    });
    await server.close();
    await observed.close();
  });
});
