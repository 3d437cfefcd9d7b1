import { isTrue } from '../../json.js';
import { bytes, json, typedEvents, type TypedEvent, words, type Reply, type RouteRequest } from '../reply.js';

const SPEECH = Buffer.from('ID3-like audio bytes, long enough to come in more than one piece'.repeat(64));
const TRANSCRIPT = 'Hello from the loopback server.';
const USAGE = {
  type: 'tokens',
  input_tokens: 14,
  input_token_details: { text_tokens: 0, audio_tokens: 14 },
  output_tokens: 7,
  total_tokens: 21,
};

/** Answers `POST /audio/speech`: bytes, or events with `stream_format: 'sse'`. */
export function speech({ params }: RouteRequest): Reply {
  if (params['stream_format'] !== 'sse') return bytes(SPEECH, 'audio/mpeg');
  const audio = SPEECH.subarray(0, 64).toString('base64');
  const usage = { input_tokens: 14, output_tokens: 101, total_tokens: 115 };
  return typedEvents([
    { type: 'speech.audio.delta', audio },
    { type: 'speech.audio.delta', audio },
    { type: 'speech.audio.done', usage },
  ]);
}

/** Answers `POST /audio/transcriptions` and `/audio/translations` in the format asked for. */
export function transcription({ params, groups, scenario }: RouteRequest): Reply {
  const translating = groups['action'] === 'translations';
  const usage = scenario.has('no-usage') || translating ? {} : { usage: USAGE };
  if (isTrue(params['stream'])) return typedEvents(transcriptEvents(usage));
  switch (params['response_format']) {
    case 'text':
      return bytes(Buffer.from(`${TRANSCRIPT}\n`), 'text/plain; charset=utf-8');
    case 'srt':
      return bytes(Buffer.from(`1\n00:00:00,000 --> 00:00:02,500\n${TRANSCRIPT}\n`), 'text/plain; charset=utf-8');
    case 'vtt':
      return bytes(
        Buffer.from(`WEBVTT\n\n00:00:00.000 --> 00:00:02.500\n${TRANSCRIPT}\n`),
        'text/plain; charset=utf-8',
      );
    case 'verbose_json':
      return json({
        task: translating ? 'translate' : 'transcribe',
        language: 'english',
        duration: 2.5,
        text: TRANSCRIPT,
        segments: [{ id: 0, seek: 0, start: 0, end: 2.5, text: TRANSCRIPT, tokens: [1, 2], temperature: 0 }],
        usage: { type: 'duration', seconds: 3 },
      });
    default:
      return json({ text: TRANSCRIPT, ...usage });
  }
}

function* transcriptEvents(usage: object): Generator<TypedEvent> {
  for (const delta of words(TRANSCRIPT)) yield { type: 'transcript.text.delta', delta };
  yield { type: 'transcript.text.done', text: TRANSCRIPT, ...usage };
}
