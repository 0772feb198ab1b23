export { contentOf, type MessageContent } from './content-of.ts';
export { readContent, type ContentKind } from './read-content.ts';
export { UnkeptMessages } from './unkept.ts';
