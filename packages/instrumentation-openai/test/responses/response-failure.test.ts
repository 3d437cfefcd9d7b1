import { responseFailure } from '../../src/responses/response-failure';

describe('responseFailure', () => {
  it('takes the code for the type, and the message for nothing but the exception', () => {
    const { errorType, description, exception } = responseFailure({ code: 'server_error', message: 'You said: hello' });
    expect(errorType).toBe('server_error');
    expect(description).toBe('response failed: server_error');
    expect(exception).toBeInstanceOf(Error);
    expect((exception as Error).message).toBe('You said: hello');
    expect((exception as Error).constructor.name).toBe('ResponseError');
  });

  it('has no stack: nothing was thrown', () => {
    expect((responseFailure({ message: 'no' }).exception as Error).stack).toBeUndefined();
  });

  it('takes no code that is not a word', () => {
    expect(responseFailure({ code: 'You said: hello' })).toEqual({
      errorType: '_OTHER',
      description: 'response failed: _OTHER',
      exception: undefined,
    });
    expect(responseFailure(null).errorType).toBe('_OTHER');
  });
});
