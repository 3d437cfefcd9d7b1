/** Where a text was found. `text` is what was given to a `Redactor` itself. */
export type RedactionField =
  | 'span.name'
  | 'span.status'
  | 'span.attribute'
  | 'event.name'
  | 'event.attribute'
  | 'link.attribute'
  | 'log.event_name'
  | 'log.severity'
  | 'log.body'
  | 'log.attribute'
  | 'text';
