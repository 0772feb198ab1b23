import type { PortKind } from '../../../../contract/index.ts';

/** n8n's connection types and the port kinds that stand for them. */
export const PORT_KIND_OF: Readonly<Record<string, PortKind>> = {
  main: 'main',
  ai_languageModel: 'model',
  ai_tool: 'tool',
  ai_memory: 'memory',
  ai_embedding: 'embedding',
  ai_vectorStore: 'vector-store',
  ai_retriever: 'retriever',
  ai_outputParser: 'output-parser',
  ai_document: 'document',
  ai_textSplitter: 'splitter',
  // A chain and a reranker as attachments have no kind of their own yet: they attach as tools do.
  ai_chain: 'tool',
  ai_agent: 'tool',
  ai_reranker: 'retriever',
};
