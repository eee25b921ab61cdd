/**
 * An OpenAI-compatible model server with simple rules instead of a model, under {@code /openai/v1}. It reads what any
 * model is given: messages, tools and a JSON schema. Its answers are deterministic.
 */
package io.centurions.sandbox.openai;
